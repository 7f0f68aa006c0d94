//! From the bytes of a file to typed rows and issues.
//!
//! Pure: writes nothing, knows no id of ours and never fails on content.
//! Start reading at [`read`]; the columns that are known stand in `lists/columns.csv`, the words
//! of other programs in `lists/words.csv`.

mod accounts;
mod calendar;
mod cells;
mod costs;
mod day;
mod dialect;
mod digest;
mod encoding;
mod heading;
mod interactions;
mod issue;
mod item;
mod json;
mod links;
mod mail;
mod mapping;
mod number;
mod opportunities;
mod options;
mod part;
mod people;
mod plan;
mod products;
mod rates;
mod reading;
mod recognize;
mod rows;
mod sales;
mod scores;
mod sheet;
mod table;
mod unit;
mod unpack;
mod vcard;
mod words;

pub use day::{DateOrder, Written, read_day};
pub use dialect::{Dialect, Form};
pub use encoding::Encoding;
pub use heading::{CellType, ColumnDef, columns, heading_key};
pub use interactions::Exchange;
pub use issue::{Issue, IssueCode};
pub use number::{Decimal, Mark, Numeral, read_number};
pub use options::Options;
pub use part::{Limits, Opened, Part, open};
pub use plan::{PlanAction, PlanObjective, PlanRisk, PlanRow, PlanText};
pub use reading::{ColumnReading, Reading, Rows, read};
pub use recognize::likeliest;
pub use rows::{
    AccountRow, CostRow, InteractionRow, LinkRow, OpportunityRow, PersonRow, Price, ProductRow,
    RateRow, Row, SaleRow, ScoreRow,
};
pub use sheet::REMARKS;
pub use table::{Table, table};
pub use unit::Unit;
pub use words::known_word;
