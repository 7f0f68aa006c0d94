//! Settings: one's own screens, and what the company computes with.

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::{AppError, Code, logins, settings};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::rate::RateRule;
use orchestre_domain::settings::Settings;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::{Page, Place, Theme};
use orchestre_view::pages::sheet::{Body, Form as FormView, Line, Part, SheetView};
use orchestre_view::text;

use super::{Answer, show};
use crate::door::Visit;
use crate::form::Fields;

/// Bytes of a MiB.
const MIB: i64 = 1024 * 1024;

/// `GET /settings`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let shown = settings::get(&visit.ctx).await?;
    let page = visit.page(Place::Settings, text(lang, "page-nav-settings")).await?;
    let own = FormView {
        action: "/settings/own".to_owned(),
        fields: own_fields(&visit),
        button: text(lang, "button-save"),
        has_file: false,
        hidden: Vec::new(),
    };
    let company = if shown.can_update {
        Body::Form(Box::new(FormView {
            action: "/settings".to_owned(),
            fields: company_fields(lang, &shown.settings),
            button: text(lang, "button-save"),
            has_file: false,
            hidden: vec![("version", shown.version.to_string())],
        }))
    } else {
        Body::Facts(company_facts(lang, &shown.settings))
    };
    let mut part = Part::new("company", text(lang, "page-setting-company"), company);
    if !shown.can_update {
        part = part.noted(text(lang, "page-setting-company-read"));
    }
    let parts =
        vec![Part::new("own", text(lang, "page-setting-own"), Body::Form(Box::new(own))), part];
    let mut view = SheetView::new(page, text(lang, "page-setting-lead"), parts);
    let doors = Part::new("doors", text(lang, "page-setting-doors"), Body::Lines(doors(&visit)));
    view.aside.push(doors);
    view.aside.push(rights_part(&visit, &view.page));
    show(&view)
}

/// Where rights are: everybody's for those who read them, one's own loans and sight for all.
fn rights_part(visit: &Visit, page: &Page) -> Part {
    let lang = visit.lang();
    let reads = may(&visit.ctx.viewer, Capability::Read, Object::Right, Scope::Company);
    let first = if reads { "/settings/rights" } else { "/settings/delegations" };
    let line = |key: &str, path: &str, detail: String| Line {
        icon: "people",
        text: text(lang, key),
        href: Some(page.href(path)),
        detail,
    };
    let why = text(lang, "page-setting-rights-why");
    let lines = vec![
        line("page-setting-rights", first, why),
        line("page-setting-rights-own", "/access", String::new()),
    ];
    Part::new("rights", text(lang, "page-right-title"), Body::Lines(lines))
}

/// Gives the ways to the pages of signing in, and the other ways in and out.
fn doors(visit: &Visit) -> Vec<Line> {
    let lang = visit.lang();
    let mut lines = vec![Line {
        icon: "gear",
        text: text(lang, "page-security-title"),
        href: Some("/settings/security".to_owned()),
        detail: text(lang, "page-security-short"),
    }];
    lines.push(Line {
        icon: "people",
        text: text(lang, "page-passkey-title"),
        href: Some("/settings/passkeys".to_owned()),
        detail: text(lang, "page-setting-security-why"),
    });
    if may(&visit.ctx.viewer, Capability::Read, Object::Login, Scope::Company) {
        lines.push(Line {
            icon: "people",
            text: text(lang, "page-login-title"),
            href: Some("/settings/logins".to_owned()),
            detail: text(lang, "page-login-short"),
        });
    }
    let line = |icon, title: &str, href: &str, detail: &str| Line {
        icon,
        text: text(lang, title),
        href: Some(href.to_owned()),
        detail: text(lang, detail),
    };
    lines.push(line("lock", "page-token-title", "/settings/tokens", "page-token-short"));
    lines.push(line("link", "page-webhook-title", "/settings/webhooks", "page-webhook-short"));
    lines.push(line("check", "page-proposal-title", "/proposals", "page-proposal-short"));
    if may(&visit.ctx.viewer, Capability::Read, Object::System, Scope::Company) {
        lines.push(line("task", "page-backup-title", "/settings/backups", "page-backup-short"));
        lines.push(line("book", "page-audit-title", "/settings/audit", "page-audit-short"));
    }
    lines
}

fn own_fields(visit: &Visit) -> Vec<Field> {
    let lang = visit.lang();
    let langs = vec![Choice::new("en", "English"), Choice::new("fr", "Français")];
    let mut currencies = vec![Choice::new("", text(lang, "field-currency-company"))];
    currencies
        .extend(["EUR", "USD", "GBP", "PLN", "JPY", "CHF"].map(|code| Choice::new(code, code)));
    let themes = ["auto", "light", "dark"]
        .map(|word| Choice::new(word, text(lang, &format!("field-theme-{word}"))));
    let currency = visit.session.currency.map_or_else(String::new, |currency| currency.to_string());
    vec![
        Field::select("lang", text(lang, "field-lang"), langs).value(lang.as_str()),
        Field::select("currency", text(lang, "field-currency-own"), currencies).value(currency),
        Field::select("theme", text(lang, "field-theme"), themes.into())
            .value(visit.session.theme.as_str()),
    ]
}

fn company_fields(lang: Lang, settings: &Settings) -> Vec<Field> {
    let rules = RateRule::ALL
        .iter()
        .map(|rule| Choice::new(rule.as_str(), text(lang, &format!("field-rate_rule-{rule}"))));
    let percent = settings.fragility_ppm.div_euclid(10_000);
    vec![
        Field::text("company", text(lang, "field-company")).value(settings.company.clone()),
        Field::text("currency_report", text(lang, "field-currency-report"))
            .value(settings.currency.to_string()),
        Field::select("rate_rule", text(lang, "field-rate_rule"), rules.collect())
            .value(settings.rate_rule.as_str()),
        Field::number("fiscal_start", text(lang, "field-fiscal_start"))
            .value(settings.fiscal_start.to_string()),
        Field::number("upload_limit", text(lang, "field-upload_limit"))
            .value(settings.upload_limit.div_euclid(MIB).to_string()),
        Field::number("fragility", text(lang, "field-fragility")).value(percent.to_string()),
        Field::number("plan_stale_days", text(lang, "field-plan_stale_days"))
            .value(settings.plan_stale_days.to_string()),
        Field::number("token_days", text(lang, "field-token_days"))
            .value(settings.token_days.to_string()),
        Field::text("webhook_targets", text(lang, "field-webhook_targets"))
            .value(settings.webhook_targets.clone())
            .optional(lang)
            .help(text(lang, "field-webhook_targets-help")),
    ]
}

fn company_facts(lang: Lang, settings: &Settings) -> Vec<(String, String)> {
    vec![
        (text(lang, "field-company"), settings.company.clone()),
        (text(lang, "field-currency-report"), settings.currency.to_string()),
        (
            text(lang, "field-rate_rule"),
            text(lang, &format!("field-rate_rule-{}", settings.rate_rule)),
        ),
        (text(lang, "field-fiscal_start"), settings.fiscal_start.to_string()),
        (text(lang, "field-plan_stale_days"), settings.plan_stale_days.to_string()),
        (text(lang, "field-token_days"), settings.token_days.to_string()),
    ]
}

/// `POST /settings`: the company's.
pub(crate) async fn update(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    settings::may_update(&visit.ctx)?;
    let bad = |field| AppError::Field { code: Code::FieldInvalid, field };
    let number =
        |name| fields.whole(name)?.ok_or(AppError::Field { code: Code::FieldMissing, field: name });
    let wanted = Settings {
        company: fields.required("company")?.to_owned(),
        currency: Currency::parse(fields.required("currency_report")?)
            .ok_or_else(|| bad("currency_report"))?,
        rate_rule: fields.word("rate_rule", RateRule::parse)?,
        fiscal_start: number("fiscal_start")?,
        upload_limit: number("upload_limit")?.saturating_mul(MIB),
        fragility_ppm: number("fragility")?.saturating_mul(10_000),
        plan_stale_days: number("plan_stale_days")?,
        token_days: number("token_days")?,
        webhook_targets: fields.get("webhook_targets").to_owned(),
    };
    settings::put(&visit.ctx, wanted, fields.version()?).await?;
    Ok(Redirect::to("/settings").into_response())
}

/// `POST /settings/own`: language, currency and theme of the one who is signed in.
pub(crate) async fn update_own(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let preferences = logins::Preferences {
        lang: fields.word("lang", Lang::parse)?,
        currency: fields.some("currency").and_then(|code| Currency::parse(&code)),
        theme: Theme::parse(fields.get("theme")).as_str().to_owned(),
    };
    logins::prefer(&visit.ctx, preferences).await?;
    Ok(Redirect::to("/settings").into_response())
}
