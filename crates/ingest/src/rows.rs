//! The rows that readers give, one type a kind of file.

use jiff::civil::{Date, Time};
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::opportunity::{OpportunityType, Stage};
use orchestre_domain::party::PartyKind;
use orchestre_domain::person::{BuyingRole, Side};
use orchestre_domain::rate::RateRule;

use crate::digest::{Digest, Feed};
use crate::interactions::Exchange;

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// The line of the file in which the row begins, counted from 1.
    pub line: u32,
    /// A fingerprint of the values: equal rows have equal ones, in every file and dialect.
    pub digest: i64,
    /// The values.
    pub value: T,
}

/// A price or cost of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Minor units of the currency × 10,000: €14.50 are 14,500,000.
    pub minor_e4: i64,
    /// The currency.
    pub currency: Currency,
}

impl Feed for Price {
    fn feed(&self, digest: &mut Digest) {
        self.minor_e4.feed(digest);
        self.currency.feed(digest);
    }
}

/// Declares a row whose values make its fingerprint.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),+ }

        impl Feed for $name {
            fn feed(&self, digest: &mut Digest) {
                $(self.$field.feed(digest);)+
            }
        }
    };
}

row! {
    /// A party, and the account that it makes when it stands on top.
    AccountRow {
        /// The external id; the name where the file has no ids.
        id: String,
        /// The name; `None` in a file that only changes parties that are known.
        name: Option<String>,
        /// What the party is.
        kind: Option<PartyKind>,
        /// The external id or the exact name of the party above.
        parent: Option<String>,
        /// The country as the file writes it.
        country: Option<String>,
        /// The currency in which the party trades.
        currency: Option<Currency>,
        /// The city.
        city: Option<String>,
        /// The region or state.
        region: Option<String>,
        /// The street.
        street: Option<String>,
        /// The postal code.
        postal_code: Option<String>,
        /// The sector.
        sector: Option<String>,
        /// The number of employees.
        employees: Option<i64>,
        /// The party's own turnover of a year.
        revenue: Option<Money>,
        /// The website.
        website: Option<String>,
        /// Customer since.
        since: Option<Date>,
        /// The legal entity identifier.
        lei: Option<String>,
        /// The SIREN of a French company.
        siren: Option<String>,
        /// The SIRET of a French establishment.
        siret: Option<String>,
        /// The VAT number.
        vat: Option<String>,
        /// The number in a register of companies.
        register: Option<String>,
        /// The key in the ERP.
        erp_id: Option<String>,
        /// The key in the CRM.
        crm_id: Option<String>,
        /// The rank of the account.
        tier: Option<Tier>,
        /// Where the account is in the programme.
        status: Option<AccountStatus>,
        /// The day of that status.
        status_since: Option<Date>,
        /// The first day of the link to the party above.
        valid_from: Option<Date>,
        /// The first day on which the link does not hold any more.
        valid_to: Option<Date>,
        /// An earlier name.
        former_name: Option<String>,
        /// The first day on which the earlier name did not hold any more.
        former_until: Option<Date>,
        /// The growth potential in parts per million.
        growth_potential: Option<i64>,
        /// What the customer buys of our kind in a year, from anybody.
        wallet: Option<Money>,
        /// A note.
        note: Option<String>,
        /// The columns without a field: heading and value.
        custom: Vec<(String, String)>,
    }
}

row! {
    /// A person, with the place, the assessment and the assignment that the line tells.
    PersonRow {
        /// The external id; e-mail or name where the file has no ids.
        id: String,
        /// The side.
        side: Option<Side>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The whole name: of the file, or first and last name together.
        name: Option<String>,
        /// The title.
        title: Option<String>,
        /// The function.
        function: Option<String>,
        /// The e-mail address.
        email: Option<String>,
        /// The telephone number.
        phone: Option<String>,
        /// The language.
        language: Option<String>,
        /// The external id or exact name of the organization.
        organization: Option<String>,
        /// The first day of the affiliation or assignment.
        from: Option<Date>,
        /// The first day after it.
        to: Option<Date>,
        /// The parts in buying.
        buying_roles: Vec<BuyingRole>,
        /// The influence, 1 to 5.
        influence: Option<i64>,
        /// The stance, −2 to 2.
        stance: Option<i64>,
        /// The strength of the relation, 0 to 5.
        strength: Option<i64>,
        /// The day of the assessment.
        assessed_on: Option<Date>,
        /// Who assessed.
        author: Option<String>,
        /// The declared professional motive.
        motive: Option<String>,
        /// The role at the account.
        role: Option<String>,
        /// The account of the assignment.
        account: Option<String>,
        /// The working time of the assignment × 10,000.
        fte_e4: Option<i64>,
        /// The columns without a field: heading and value.
        custom: Vec<(String, String)>,
    }
}

row! {
    /// A dated link between two parties.
    LinkRow {
        /// The view; `None` means legal and programme.
        view: Option<String>,
        /// The party above.
        parent: String,
        /// The party below.
        child: String,
        /// The share in parts per million.
        share: Option<i64>,
        /// The first day.
        valid_from: Option<Date>,
        /// The first day on which the link does not hold any more.
        valid_to: Option<Date>,
        /// Where it is known from.
        source: Option<String>,
    }
}

row! {
    /// A product.
    ProductRow {
        /// The external id; the name where the file has no ids.
        id: String,
        /// The name.
        name: Option<String>,
        /// The French name.
        name_fr: Option<String>,
        /// The family.
        family: Option<String>,
        /// The business unit that answers for it.
        business_unit: Option<String>,
        /// The unit in which it is sold.
        unit: Option<String>,
        /// The list price of a unit.
        list_price: Option<Price>,
        /// The cost of a unit.
        unit_cost: Option<Price>,
        /// Where it is in its life.
        life_cycle: Option<String>,
        /// The first day of sale.
        launched_on: Option<Date>,
        /// The last day of sale.
        end_on: Option<Date>,
        /// The columns without a field: heading and value.
        custom: Vec<(String, String)>,
    }
}

row! {
    /// A line of an invoice or a credit note.
    SaleRow {
        /// The document.
        document: Option<String>,
        /// The line of the document.
        line: Option<String>,
        /// The day.
        date: Date,
        /// The key of the party that it was sold to.
        account: Option<String>,
        /// The key of the product.
        product: Option<String>,
        /// The quantity × 10,000.
        quantity_e4: Option<i64>,
        /// The price of a unit.
        unit_price: Option<Price>,
        /// The amount; `None` when it has no currency.
        amount: Option<Money>,
        /// The cost; unit cost × quantity where the file has no column for it.
        cost: Option<Money>,
        /// The currency of the row.
        currency: Option<Currency>,
        /// The kind of document.
        document_type: Option<String>,
        /// The document that a credit note takes back.
        original: Option<String>,
        /// The party that it was shipped to.
        ship_to: Option<String>,
        /// The party that it was billed to.
        bill_to: Option<String>,
        /// Our own company that sold it.
        selling_entity: Option<String>,
        /// Whether it was sold inside our own group.
        intercompany: Option<bool>,
        /// The channel.
        channel: Option<String>,
    }
}

row! {
    /// An opportunity.
    OpportunityRow {
        /// The external id; the name where the file has no ids.
        id: String,
        /// The name.
        name: Option<String>,
        /// The key of the party.
        account: Option<String>,
        /// The key of the product.
        product: Option<String>,
        /// The kind of business.
        kind: Option<OpportunityType>,
        /// The amount.
        amount: Option<Money>,
        /// The stage.
        stage: Stage,
        /// The stage in the file's own words.
        stage_text: String,
        /// The probability in parts per million.
        probability: Option<i64>,
        /// The day on which it was opened.
        opened_on: Option<Date>,
        /// The day on which it was or should be decided.
        close_on: Option<Date>,
        /// Who owns it.
        owner: Option<String>,
    }
}

row! {
    /// An interaction.
    InteractionRow {
        /// The external id.
        id: Option<String>,
        /// The day.
        date: Date,
        /// The time of the day.
        time: Option<Time>,
        /// The kind.
        kind: InteractionType,
        /// The key of the account.
        account: Option<String>,
        /// The subject.
        subject: Option<String>,
        /// Our people.
        supplier_people: Vec<String>,
        /// The customer's people.
        customer_people: Vec<String>,
        /// The length in minutes.
        minutes: Option<i64>,
        /// Where it is known from.
        source: Option<String>,
        /// What mail and calendars say.
        exchange: Exchange,
    }
}

row! {
    /// A cost of serving an account over a period.
    CostRow {
        /// The key of the account.
        account: String,
        /// The kind of cost.
        kind: Option<String>,
        /// The first day.
        from: Date,
        /// The first day after the period.
        to: Option<Date>,
        /// The amount; `None` when it has no currency.
        amount: Option<Money>,
    }
}

row! {
    /// A rate of exchange.
    RateRow {
        /// The day; `None` for a budget rate of a fiscal year.
        date: Option<Date>,
        /// Whether the date is a whole month, by its first day.
        month: bool,
        /// The currency.
        currency: Currency,
        /// Units of the currency for one euro × 100,000,000.
        rate_e8: i64,
        /// The rule that the rate is for.
        rule: Option<RateRule>,
        /// The fiscal year of a budget rate.
        fiscal_year: Option<i64>,
    }
}

row! {
    /// A judgement or a measure for a criterion.
    ScoreRow {
        /// The set of criteria.
        set: CriteriaSet,
        /// The criterion.
        criterion: String,
        /// The key of the account.
        account: String,
        /// The judgement, 1 to 5.
        value: Option<i64>,
        /// The measure × 10,000.
        raw_e4: Option<i64>,
        /// Who judged.
        judge: Option<String>,
        /// The day.
        on: Option<Date>,
        /// The evidence.
        evidence: Option<String>,
        /// The round.
        round: Option<String>,
    }
}
