//! Reads tables (CSV, TSV, XLSX, XLS, JSON, zipped) as rows that know their file, row and column.
