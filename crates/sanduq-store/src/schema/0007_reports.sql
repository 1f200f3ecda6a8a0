-- Every report of stations (openings, closings, the figures of an hour) has a number, under which
-- its entry in the journal and the rows that it brought find each other. Numbers rise and may have
-- gaps.
CREATE SEQUENCE operations.report;

ALTER TABLE operations.station_day
    ADD COLUMN opened_report bigint NOT NULL DEFAULT 0,
    ADD COLUMN closed_report bigint NOT NULL DEFAULT 0;
ALTER TABLE operations.station_hour ADD COLUMN report bigint NOT NULL DEFAULT 0;

GRANT USAGE ON SEQUENCE operations.report TO sanduq_executive, sanduq_station;
GRANT UPDATE (closed_report) ON operations.station_day TO sanduq_executive, sanduq_station;
