//! Files that came this morning and wait for an answer: what the demo's import desk begins with.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::StoryFile;

/// Gives the credit notes of the British company, written so that only a colleague knows how to
/// read them: no day is above the twelfth, and points may part thousands.
pub(crate) fn credits(t: Date) -> StoryFile {
    let month = t.first_of_month().saturating_sub(1.month());
    let mut text = "Document,Line,Date,Account,Product,Quantity,Amount,Currency,Type\n".to_owned();
    let rows = [
        (3, "ELV8", "CD-821", "-4", "-1.234"),
        (5, "LYS5", "AC-501", "-2", "-2.310"),
        (6, "LYS5", "AC-510", "-10", "-1.875"),
        (9, "VER2", "BR-701", "-1", "-3.420"),
        (11, "ELV8", "CD-801", "-6", "-2.616"),
        (12, "VER2", "BR-710", "-3", "-1.098"),
    ];
    for (place, (day, account, product, quantity, amount)) in (1..).zip(rows) {
        let (month, year) = (month.month(), month.year());
        let date = format!("{day:02}/{month:02}/{year}");
        let row = format!(
            "CN-UK-{place:03},1,{date},{account},{product},{quantity},{amount},GBP,credit\n"
        );
        text.push_str(&row);
    }
    StoryFile { name: "sales_uk_credits.csv", kind: "sales", text }
}

/// Gives what the CRM says of addresses: two moved, one is new, one row is wrong.
pub(crate) fn moves() -> StoryFile {
    let text = "id,name,street,postal_code,city,country,employees\n\
                ELV8,Halbrook UK Ltd,14 Sample Road,DE24 8ZZ,Derby,GB,829\n\
                LYS5,Lysarel UK Ltd,29 Example Street,LE1 5WW,Leicester,GB,912\n\
                VER9,Verrano Ireland Ltd,3 Muster Quay,D02 X285,Dublin,IE,64\n\
                VER2,Verrano UK Ltd,82 Example Street,DN1 1AA,Doncaster,GB,49O\n";
    StoryFile { name: "addresses_crm.csv", kind: "accounts", text: text.to_owned() }
}
