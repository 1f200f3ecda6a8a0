-- Persons: the register, the lists of the stations, the poll book. Who handles votes has no way
-- in: neither the executive where it counts nor the supervision may even name this schema. The
-- first four bits of a key are its bucket, so that the order of buckets and keys is that of keys.
-- Keys stand before events: what has a fixed width comes first in an index, and hardly a comparison
-- goes further.
CREATE SCHEMA people;
GRANT USAGE ON SCHEMA people TO sanduq_registrar, sanduq_station;

CREATE TABLE people.elector (
    bucket smallint NOT NULL,
    event text COLLATE "C" NOT NULL,
    key uuid NOT NULL,
    name_ar text NOT NULL,
    name_latin text NOT NULL,
    sex "char" NOT NULL CHECK (sex IN ('F', 'M')),
    born date NOT NULL,
    domicile text COLLATE "C" NOT NULL,
    PRIMARY KEY (bucket, key, event)
);

CREATE TABLE people.placement (
    bucket smallint NOT NULL,
    event text COLLATE "C" NOT NULL,
    elector uuid NOT NULL,
    station text COLLATE "C" NOT NULL,
    PRIMARY KEY (bucket, elector, event)
);

CREATE INDEX placement_list ON people.placement (station, event);

-- Who has been given a ballot. The key refuses a second one, whatever the program does; the time
-- is kept to the quarter of an hour, so that it tells no order of arrival.
CREATE TABLE people.check_in (
    bucket smallint NOT NULL,
    event text COLLATE "C" NOT NULL,
    elector uuid NOT NULL,
    station text COLLATE "C" NOT NULL,
    quarter integer NOT NULL,
    PRIMARY KEY (bucket, elector, event)
);

GRANT SELECT ON people.elector, people.placement, people.check_in
    TO sanduq_registrar, sanduq_station;
GRANT INSERT ON people.elector, people.placement TO sanduq_registrar;
GRANT INSERT ON people.check_in TO sanduq_station;
