//! Reads tables (CSV, TSV, XLSX, XLS, JSON, zipped) as rows that know their file, row and column.
//!
//! Modules stand in flow order: each uses only those above it.
//! Always true here: a table is read exactly or refused by name, with the place and what to do;
//! nothing about it is guessed. A text of any length streams through a small window.
//!
//! [`open`] a path or [`open_reader`] a stream, take each [`Table`], find its columns by name, and
//! go through its rows with [`Table::for_each`].

mod text;
mod place;
mod encoding;
mod count;
mod refusal;
mod reading;
mod window;
mod row;
mod assembly;
mod delimited;
mod json;
mod archive;
mod compound;
mod workbook;
mod ahead;
mod table;
mod set;

pub use count::CountFault;
pub use count::parse_count;
pub use count::parse_whole;
pub use encoding::Encoding;
pub use place::Column;
pub use place::Place;
pub use reading::Limits;
pub use reading::RaggedRows;
pub use reading::Reading;
pub use reading::Separator;
pub use refusal::CellFault;
pub use refusal::CellRefusal;
pub use refusal::TableFault;
pub use refusal::TableRefusal;
pub use row::Cell;
pub use row::Row;
pub use set::TableSet;
pub use set::open;
pub use set::open_reader;
pub use set::open_reader_with;
pub use set::open_with;
pub use table::Table;
