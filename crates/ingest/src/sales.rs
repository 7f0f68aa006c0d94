//! Rows of sales: lines of invoices and credit notes.

use orchestre_domain::money::{Money, divide_half_even};

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::{Price, SaleRow};
use crate::sheet::{Column, Sheet};

/// The columns of a sales file, looked up once.
struct Columns<'a> {
    document: &'a Column,
    line: &'a Column,
    date: &'a Column,
    account: &'a Column,
    product: &'a Column,
    quantity: &'a Column,
    unit_price: &'a Column,
    amount: &'a Column,
    cost: &'a Column,
    unit_cost: &'a Column,
    currency: &'a Column,
    document_type: &'a Column,
    original: &'a Column,
    ship_to: &'a Column,
    bill_to: &'a Column,
    selling_entity: &'a Column,
    intercompany: &'a Column,
    channel: &'a Column,
    has_amount: bool,
    has_cost: bool,
}

/// Reads the sales lines of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, SaleRow)>, Vec<Issue>) {
    let columns = Columns {
        document: sheet.column("document"),
        line: sheet.column("line"),
        date: sheet.column("date"),
        account: sheet.column("account"),
        product: sheet.column("product"),
        quantity: sheet.column("quantity"),
        unit_price: sheet.column("unit_price"),
        amount: sheet.column("amount"),
        cost: sheet.column("cost"),
        unit_cost: sheet.column("unit_cost"),
        currency: sheet.column("currency"),
        document_type: sheet.column("type"),
        original: sheet.column("original"),
        ship_to: sheet.column("ship_to"),
        bill_to: sheet.column("bill_to"),
        selling_entity: sheet.column("selling_entity"),
        intercompany: sheet.column("intercompany"),
        channel: sheet.column("channel"),
        has_amount: sheet.has("amount"),
        has_cost: sheet.has("cost"),
    };
    read_rows(sheet, |cells| row(&columns, cells))
}

fn row(columns: &Columns<'_>, cells: &mut Cells<'_>) -> Option<SaleRow> {
    let date = cells.day(columns.date);
    let date = cells.need(columns.date, date);
    let currency = cells.currency(columns.currency);
    let quantity_e4 = cells.scaled(columns.quantity, 4);
    let unit_price = cells.price(columns.unit_price, currency);
    let unit_cost = cells.price(columns.unit_cost, currency);
    let amount = if columns.has_amount {
        amount(columns, cells, currency)
    } else {
        total(cells, unit_price, quantity_e4, columns.unit_price)
    };
    let cost = if columns.has_cost {
        cells.money(columns.cost, currency)
    } else {
        total(cells, unit_cost, quantity_e4, columns.unit_cost)
    };
    let row = SaleRow {
        document: cells.text(columns.document),
        line: cells.text(columns.line),
        date: date.unwrap_or_default(),
        account: cells.text(columns.account),
        product: cells.text(columns.product),
        quantity_e4,
        unit_price,
        currency: currency.or(amount.map(|amount| amount.currency)),
        amount,
        cost,
        document_type: cells.word(columns.document_type).map(str::to_owned),
        original: cells.text(columns.original),
        ship_to: cells.text(columns.ship_to),
        bill_to: cells.text(columns.bill_to),
        selling_entity: cells.text(columns.selling_entity),
        intercompany: cells.flag(columns.intercompany),
        channel: cells.text(columns.channel),
    };
    date.map(|_| row)
}

/// Gives the amount of a row; without a currency for this one row, the row waits.
fn amount(
    columns: &Columns<'_>,
    cells: &mut Cells<'_>,
    currency: Option<orchestre_domain::money::Currency>,
) -> Option<Money> {
    let issues = cells.issues();
    let amount = cells.money(columns.amount, currency);
    if amount.is_none() && !columns.amount.left_out && cells.issues() > issues {
        cells.keep_out();
    }
    cells.need(columns.amount, amount)
}

/// Gives price × quantity in whole minor units, rounded half-even once.
fn total(
    cells: &mut Cells<'_>,
    price: Option<Price>,
    quantity_e4: Option<i64>,
    column: &Column,
) -> Option<Money> {
    let (price, quantity) = (price?, quantity_e4?);
    let product = i128::from(price.minor_e4) * i128::from(quantity);
    let minor = divide_half_even(product, 100_000_000);
    if minor.is_none() {
        cells.refuse(IssueCode::OutOfRange, column);
    }
    Some(Money { minor: minor?, currency: price.currency })
}
