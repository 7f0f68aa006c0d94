//! Settings of the company, one row a key; what has no row has the shipped default.

use orchestre_domain::id::LoginId;
use orchestre_domain::money::Currency;
use orchestre_domain::rate::RateRule;
use orchestre_domain::settings::Settings;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Gives the settings and their version, which grows with each change.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn settings(&mut self) -> Result<(Settings, i64), StoreError> {
        let (mut settings, mut version) = (Settings::default(), 0);
        for row in self.rows(sql("SELECT key, value, version FROM settings ORDER BY key")).await? {
            let (key, value): (String, String) = (row.get("key")?, row.get("value")?);
            if read(&mut settings, &key, &value)? {
                version += row.get::<i64>("version")?;
            }
        }
        Ok((settings, version))
    }

    /// Gives the currency in which a login wants to see money, if it chose one.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn login_currency(&mut self, login: LoginId) -> Result<Option<Currency>, StoreError> {
        let asked = sql("SELECT currency FROM logins WHERE id = $1").bind(login.as_i64());
        self.row(asked).await?.map_or(Ok(None), |row| row.opt_currency("currency"))
    }

    /// Keeps the settings that differ; gives `None` when they were changed since `version`.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_settings(
        &mut self,
        settings: &Settings,
        version: i64,
    ) -> Result<Option<Vec<&'static str>>, StoreError> {
        let (before, now) = self.settings().await?;
        if now != version {
            return Ok(None);
        }
        let mut changed = Vec::new();
        for ((key, value), (_, old)) in written(settings).into_iter().zip(written(&before)) {
            if value != old {
                let text = "INSERT INTO settings (key, value, version) VALUES ($1, $2, 1) \
                            ON CONFLICT (key) DO UPDATE \
                            SET value = excluded.value, version = settings.version + 1";
                self.run(sql(text).bind(key).bind(value)).await?;
                changed.push(key);
            }
        }
        Ok(Some(changed))
    }
}

fn written(settings: &Settings) -> [(&'static str, String); 9] {
    [
        ("company", settings.company.clone()),
        ("currency", settings.currency.to_string()),
        ("rate_rule", settings.rate_rule.to_string()),
        ("fiscal_start", settings.fiscal_start.to_string()),
        ("upload_limit", settings.upload_limit.to_string()),
        ("fragility_ppm", settings.fragility_ppm.to_string()),
        ("plan_stale_days", settings.plan_stale_days.to_string()),
        ("token_days", settings.token_days.to_string()),
        ("webhook_targets", settings.webhook_targets.clone()),
    ]
}

/// Reads one key; false for a key that is not one of these settings.
fn read(settings: &mut Settings, key: &str, value: &str) -> Result<bool, StoreError> {
    let wrong =
        || StoreError::Unreadable { table: "settings", column: "value", row: key.to_owned() };
    let number = || value.parse().ok().ok_or_else(wrong);
    match key {
        "company" => value.clone_into(&mut settings.company),
        "currency" => settings.currency = Currency::parse(value).ok_or_else(wrong)?,
        "rate_rule" => settings.rate_rule = RateRule::parse(value).ok_or_else(wrong)?,
        "fiscal_start" => settings.fiscal_start = number()?,
        "upload_limit" => settings.upload_limit = number()?,
        "fragility_ppm" => settings.fragility_ppm = number()?,
        "plan_stale_days" => settings.plan_stale_days = number()?,
        "token_days" => settings.token_days = number()?,
        "webhook_targets" => value.clone_into(&mut settings.webhook_targets),
        _ => return Ok(false),
    }
    Ok(true)
}
