//! What may stand beside a number: currencies, percent, thousands and millions.

use std::sync::LazyLock;

use orchestre_domain::money::Currency;

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unit {
    /// The currency that a sign or a code names.
    pub currency: Option<Currency>,
    /// Whether the sign is used by several currencies (`$`, `¥`), so that a code outranks it.
    pub shared: bool,
    /// Whether the number is in percent.
    pub percent: bool,
    /// The power of ten: 3 for `k€`, 6 for `M€`.
    pub power: u32,
}

/// Codes that count as currencies beside a number or at the end of a heading.
const CODES: &str = "EUR USD GBP JPY CHF AUD CAD NZD SEK NOK DKK ISK PLN CZK HUF RON BGN HRK RUB \
    UAH TRY ILS AED SAR QAR KWD BHD OMR JOD EGP MAD TND DZD ZAR NGN KES XOF XAF XPF BRL MXN ARS \
    CLP COP PEN CNY HKD TWD KRW INR IDR MYR PHP SGD THB VND CYP EEK LTL LVL MTL ROL SIT SKK TRL";

/// The codes of ISO 4217, with those that the euro replaced.
const ISO: &str = "AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND \
    BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUC CUP CVE CYP CZK DEM DJF DKK \
    DOP DZD EEK EGP ERN ESP ETB EUR FIM FJD FKP FRF GBP GEL GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK \
    HTG HUF IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
    LKR LRD LSL LTL LUF LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MTL MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NLG NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR ROL RON RSD RUB RWF SAR SBD SCR SDG \
    SEK SGD SHP SIT SKK SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRL TRY TTD TWD TZS \
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL";

const SIGNS: &[(&str, &str, bool)] = &[
    ("€", "EUR", false),
    ("£", "GBP", false),
    ("$", "USD", true),
    ("US$", "USD", false),
    ("¥", "JPY", true),
    ("￥", "JPY", true),
    ("円", "JPY", false),
    ("zł", "PLN", false),
    ("Kč", "CZK", false),
    ("Ft", "HUF", false),
    ("R$", "BRL", false),
    ("₩", "KRW", false),
    ("₹", "INR", false),
    ("₺", "TRY", false),
    ("₽", "RUB", false),
    ("₪", "ILS", false),
    ("฿", "THB", false),
    ("SFr.", "CHF", false),
    ("Fr.", "CHF", false),
];

impl Unit {
    /// Reads a unit; `None` when the text is not empty and names none.
    ///
    /// ```
    /// use orchestre_ingest::Unit;
    /// let unit = Unit::read("k€").unwrap();
    /// assert_eq!((unit.currency.unwrap().as_str(), unit.power), ("EUR", 3));
    /// assert!(Unit::read("pcs").is_none());
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        if text == "%" {
            return Some(Self { percent: true, ..Self::default() });
        }
        if let Some(unit) = currency(text) {
            return Some(unit);
        }
        let mut letters = text.chars();
        let power = match letters.next() {
            Some('k' | 'K') => 3,
            Some('M' | 'm') => 6,
            _ => return None,
        };
        let rest = letters.as_str().trim();
        let unit = if rest.is_empty() { Some(Self::default()) } else { currency(rest) };
        unit.map(|unit| Self { power, ..unit })
    }
}

/// Reads a sign or a code of a currency.
fn currency(text: &str) -> Option<Unit> {
    if let Some((_, code, shared)) = SIGNS.iter().find(|(sign, ..)| *sign == text) {
        let currency = Some(Currency::parse(code)?);
        return Some(Unit { currency, shared: *shared, ..Unit::default() });
    }
    let code = Currency::parse(text)?;
    CODES
        .split_whitespace()
        .any(|known| known == code.as_str())
        .then(|| Unit { currency: Some(code), ..Unit::default() })
}

static KNOWN: LazyLock<Vec<Currency>> = LazyLock::new(|| {
    let mut known: Vec<Currency> = ISO.split_whitespace().filter_map(Currency::parse).collect();
    known.sort_unstable();
    known
});

/// Reads a code of ISO 4217.
pub(crate) fn iso_currency(text: &str) -> Option<Currency> {
    let code = Currency::parse(text)?;
    KNOWN.binary_search(&code).is_ok().then_some(code)
}

/// Reads the cell of a currency column: a code, or a sign that only one currency has.
pub(crate) fn currency_cell(text: &str) -> Option<Currency> {
    if let Some(currency) = iso_currency(text) {
        return Some(currency);
    }
    let by_name = match text.trim().to_lowercase().as_str() {
        "euro" | "euros" => "EUR",
        "us dollar" | "u.s. dollar" | "dollar us" => "USD",
        "pound sterling" | "livre sterling" => "GBP",
        "swiss franc" | "franc suisse" => "CHF",
        _ => SIGNS.iter().find(|(sign, _, shared)| *sign == text.trim() && !shared)?.1,
    };
    Currency::parse(by_name)
}
