-- The outline of a unit above the stations, as JSON: closed rings of points, each north and east in
-- millionths of a degree. It is adopted with the unit and is in the digest of the geography.
ALTER TABLE operations.unit ADD COLUMN outline text;
ALTER TABLE operations.unit ADD CONSTRAINT station_has_no_outline
    CHECK (NOT station OR outline IS NULL);
