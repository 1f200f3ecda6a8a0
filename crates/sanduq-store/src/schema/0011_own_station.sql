-- Where does this voter vote? The one question about persons that the public may put. It works with
-- the rights of the owner, so that the public needs none to any table of persons, and it answers
-- with a station and nothing else, to whoever knows both the key and the day of birth. A key under
-- the secret of the event cannot be made from a number by whoever has only this database. Always
-- one row, by the same plan: whether the key is on the roll cannot be told from the answer without
-- the day of birth. Nothing is answered before the roll is frozen. The path is fixed, so that
-- nobody's own table or operator is taken for ours.
CREATE FUNCTION operations.own_station(
    asked_bucket smallint, asked_event text, asked_key uuid, asked_born date,
    OUT frozen boolean, OUT on_roll boolean, OUT station text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT event.registered IS NOT NULL,
        coalesce(event.registered IS NOT NULL AND elector.born = asked_born, false),
        CASE WHEN event.registered IS NOT NULL AND elector.born = asked_born
            THEN placement.station END
    INTO frozen, on_roll, station
    FROM (VALUES (asked_event COLLATE "C")) AS asked (event)
    LEFT JOIN operations.event AS event ON event.code = asked.event
    LEFT JOIN people.elector AS elector ON elector.bucket = asked_bucket
        AND elector.key = asked_key AND elector.event = asked.event
    LEFT JOIN people.placement AS placement ON placement.bucket = asked_bucket
        AND placement.elector = asked_key AND placement.event = asked.event;
END
$$;

REVOKE ALL ON FUNCTION operations.own_station(smallint, text, uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION operations.own_station(smallint, text, uuid, date) TO sanduq_public;
