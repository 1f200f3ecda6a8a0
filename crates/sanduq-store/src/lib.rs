//! The only SQL: a private PostgreSQL cluster, the schema, and one file per noun.
