//! The scale database as files: 10,000 companies in groups, the first of 501; skewed like real books.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

const COMPANIES: usize = 10_000;
const PEOPLE: usize = 50_000;
const OPPORTUNITIES: usize = 20_000;
/// Products that one customer buys.
const RANGE: usize = 20;
const PRODUCTS: usize = 400;
const CURRENCIES: [&str; 5] = ["EUR", "USD", "GBP", "PLN", "JPY"];
const COUNTRIES: [&str; 5] = ["FR", "US", "GB", "PL", "JP"];
const NAMES: [&str; 12] = [
    "Alder", "Birch", "Cedar", "Dorne", "Elm", "Fennel", "Grove", "Hazel", "Iris", "Juniper",
    "Kelp", "Linden",
];
const STAGES: [&str; 6] = ["identified", "qualified", "proposed", "negotiated", "won", "lost"];

/// The files in the order of their import, and the name of the largest group.
pub(crate) struct Files {
    /// Kind, path, rows.
    pub(crate) list: Vec<(&'static str, PathBuf, usize)>,
    /// The name of the root of the largest group.
    pub(crate) largest: String,
    /// The name of the root of a group of five.
    pub(crate) small: String,
}

/// A stream of numbers that is the same on every run (a 64-bit linear congruence, upper bits).
struct Stream(u64);

impl Stream {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let upper = usize::try_from(self.0 >> 33).unwrap_or_default();
        upper.checked_rem(limit).unwrap_or_default()
    }

    /// Small numbers are far more frequent: the product of two draws.
    fn skewed(&mut self, limit: usize) -> usize {
        (self.below(limit) * self.below(limit)).checked_div(limit).unwrap_or_default()
    }
}

/// Writes the files.
pub(crate) fn write(folder: &Path, lines: usize) -> Result<Files> {
    let mut list = Vec::new();
    let mut put = |kind: &'static str, name: &str, text: String| -> Result<()> {
        let path = folder.join(name);
        std::fs::write(&path, &text)?;
        list.push((kind, path, text.lines().count() - 1));
        Ok(())
    };
    put("rates", "rates.csv", rates()?)?;
    put("accounts", "accounts.csv", companies()?)?;
    put("products", "products.csv", products()?)?;
    put("people", "people.csv", people()?)?;
    put("opportunities", "opportunities.csv", opportunities()?)?;
    let path = folder.join("sales.csv");
    sales(&path, lines)?;
    list.push(("sales", path, lines));
    Ok(Files { list, largest: name(0), small: name(506) })
}

fn pick<'a>(list: &[&'a str], at: usize) -> &'a str {
    list.get(at.checked_rem(list.len()).unwrap_or_default()).copied().unwrap_or_default()
}

fn name(company: usize) -> String {
    format!("{} {} {company:05}", pick(&NAMES, company), pick(&NAMES, company.div_euclid(12) + 5))
}

/// The root above a company: the first 501 are one group, then groups of five.
fn parent(company: usize, stream: &mut Stream) -> Option<usize> {
    match company {
        0 => None,
        1..=500 => Some(stream.below(company)),
        _ if company.rem_euclid(5) == 1 => None,
        _ => Some(company - (company + 4).rem_euclid(5)),
    }
}

fn companies() -> Result<String> {
    let mut stream = Stream(1);
    let mut text = String::from("id,name,parent,country,currency,city\n");
    for company in 0..COMPANIES {
        let parent =
            parent(company, &mut stream).map_or_else(String::new, |parent| format!("C{parent:05}"));
        writeln!(
            text,
            "C{company:05},{},{parent},{},{},Town {}",
            name(company),
            pick(&COUNTRIES, company),
            pick(&CURRENCIES, company),
            company.rem_euclid(97)
        )?;
    }
    Ok(text)
}

fn products() -> Result<String> {
    let mut text = String::from("id,name,family,unit,list_price,unit_cost,currency\n");
    for product in 0..PRODUCTS {
        writeln!(
            text,
            "P{product:03},Part {product:03},Family {},pc,{}.50,{}.20,EUR",
            product.rem_euclid(20),
            product + 5,
            ((product + 5) * 6).div_euclid(10)
        )?;
    }
    Ok(text)
}

fn people() -> Result<String> {
    let mut stream = Stream(2);
    let mut text = String::from("id,side,first_name,last_name,title,organization,email\n");
    for person in 0..PEOPLE {
        let company = stream.below(COMPANIES);
        let (first, last) = (pick(&NAMES, stream.below(12)), pick(&NAMES, stream.below(12)));
        writeln!(
            text,
            "H{person:05},customer,{first},{last}son{person:05},Buyer,C{company:05},p{person}@c{company}.example"
        )?;
    }
    Ok(text)
}

fn opportunities() -> Result<String> {
    let mut stream = Stream(3);
    let mut text =
        String::from("id,name,account,amount,currency,stage,probability,opened_on,close_on\n");
    for deal in 0..OPPORTUNITIES {
        let company = stream.below(COMPANIES);
        let (amount, month) = (stream.below(90_000) + 1_000, stream.below(12) + 1);
        writeln!(
            text,
            "D{deal:05},Deal {deal},C{company:05},{amount}.00,{},{},0.{}0,2025-01-15,2026-{month:02}-20",
            pick(&CURRENCIES, company),
            pick(&STAGES, stream.below(6)),
            stream.below(9) + 1
        )?;
    }
    Ok(text)
}

fn rates() -> Result<String> {
    let mut text = String::from("Date,USD,GBP,PLN,JPY\n");
    for year in 2022..=2026_i64 {
        for month in 1..=12_i64 {
            for day in [3_i64, 12, 24] {
                writeln!(
                    text,
                    "{year}-{month:02}-{day:02},1.{},0.8{},4.3{},16{}",
                    50 + month,
                    day.rem_euclid(10),
                    month.rem_euclid(10),
                    month.rem_euclid(10)
                )?;
            }
        }
    }
    Ok(text)
}

fn sales(path: &Path, lines: usize) -> Result<()> {
    let mut stream = Stream(4);
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "document,line,date,account,product,quantity,unit_price,amount,cost,currency")?;
    let (mut company, mut day) = (0, 1);
    for line in 0..lines {
        // An invoice of five lines goes to one customer, who buys a range of its own.
        if line.rem_euclid(5) == 0 {
            (company, day) = (stream.skewed(COMPANIES), stream.below(28) + 1);
        }
        let product = (company * 7 + stream.skewed(RANGE)).rem_euclid(PRODUCTS);
        // 46 closed months, January 2023 to October 2026, in the order of time.
        let index = (line * 46).checked_div(lines).unwrap_or_default();
        let (year, month) = (2023 + index.div_euclid(12), index.rem_euclid(12) + 1);
        let (quantity, price) = (stream.below(40) + 1, product + 5);
        let amount = quantity * price;
        writeln!(
            file,
            "INV{:07},{},{year}-{month:02}-{day:02},C{company:05},P{product:03},{quantity},{price}.00,{amount}.00,{}.00,{}",
            line.div_euclid(5),
            line.rem_euclid(5) + 1,
            (amount * 6).div_euclid(10),
            pick(&CURRENCIES, company)
        )?;
    }
    Ok(file.flush()?)
}
