//! The command line: verbs and their flags. Help and `docs/generated/cli.md` come from here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::Role;
use orchestre_domain::rate::RateRule;

/// Runs a company's key account management: from exports to ranked accounts, account pages, plans.
#[derive(Debug, Parser)]
#[command(
    name = "orchestre",
    version,
    after_help = "Exit codes: 0 done, 1 no, 2 misuse, 3 done in part (a doubt waits for an answer)."
)]
pub(crate) struct Arguments {
    /// The data directory; made and migrated when absent [default: ./orchestre-data]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The file of the configuration [default: orchestre.toml in the data directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Writes JSON on stdout
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The language of answers and documents: en or fr [default: en]
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub(crate) lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Serves the demo story from ./orchestre-demo (or --data), with ready sign-ins
    Demo(Demo),
    /// Serves pages and API
    Serve(Serve),
    /// Brings the database to the present schema
    Migrate,
    /// Imports files: CSV, TSV or JSON, also gzipped
    Import(Import),
    /// Lists the imports, shows one with its issues, or takes one back
    Imports(Imports),
    /// Lists, ranks or shows accounts
    #[command(subcommand)]
    Accounts(Accounts),
    /// Shows the figures of the portfolio
    Portfolio(Asking),
    /// Prints account plans
    #[command(subcommand)]
    Plan(Plan),
    /// Makes sign-ins
    #[command(subcommand)]
    Admin(Admin),
    /// Shows where each value of the configuration comes from
    #[command(subcommand)]
    Config(Config),
    /// Looks for what is wrong with the installation and its facts, and says how to mend it
    Doctor(Doctor),
    /// The chain of events: reads it again, gives checkpoints of it
    #[command(subcommand)]
    Audit(Audit),
    /// Backup, restore, export and the move between engines.
    #[command(flatten)]
    Keep(Keep),
    /// Writes the reference pages into a folder
    #[command(hide = true)]
    Reference {
        /// The folder
        folder: PathBuf,
    },
}

/// Flags of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Reads every row, page and stored file again
    #[arg(long)]
    pub(crate) deep: bool,
}

/// Flags of `demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Loads the story and ends
    #[arg(long)]
    pub(crate) load_only: bool,
    /// Removes the demo's database first; only in a directory that is marked as demo
    #[arg(long)]
    pub(crate) reset: bool,
    /// The address, loopback only [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

/// Flags of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

/// What keeps everything and brings it back.
#[derive(Debug, Subcommand)]
pub(crate) enum Keep {
    /// Writes everything into one file, also while the program serves
    Backup(Backup),
    /// Brings a backup back, and proves it before it answers
    Restore(Restore),
    /// Carries everything to another database: a PostgreSQL URL or a directory
    MigrateDb(MigrateDb),
    /// Writes everything in open formats: JSON lines a table, with checksums
    Export {
        /// The file to write, .tar.gz
        #[arg(long, value_name = "FILE")]
        all: PathBuf,
    },
}

/// Flags of `backup`.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write [default: backups/DAY-TIME.tar.gz in the data directory]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Encrypts it for this public key of the age format
    #[arg(long, value_name = "age1…", conflicts_with = "passphrase_file")]
    pub(crate) to_key: Option<String>,
    /// Encrypts it with the passphrase in the first line of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Flags of `restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    pub(crate) file: PathBuf,
    /// The file with the secret key or the passphrase
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Takes the place of what is there, which is kept aside
    #[arg(long)]
    pub(crate) replace: bool,
}

/// Flags of `migrate-db`.
#[derive(Debug, Args)]
pub(crate) struct MigrateDb {
    /// The other database: postgres://… or a directory; must be empty
    #[arg(long, value_name = "URL|DIR")]
    pub(crate) to: String,
    /// The schema of the other PostgreSQL database
    #[arg(long, value_name = "NAME", default_value = "public")]
    pub(crate) to_schema: String,
    /// Forgets what an earlier run carried and begins anew
    #[arg(long)]
    pub(crate) afresh: bool,
}

/// Flags of `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// What the files hold, then the files; without a kind the headings decide. Kinds: accounts,
    /// people, links, products, sales, opportunities, interactions, costs, rates, plans, scores
    #[arg(required_unless_present = "watch", value_name = "[KIND] FILE")]
    pub(crate) words: Vec<PathBuf>,
    /// Imports what comes into this folder until it is stopped; each file is moved to `done`,
    /// `waiting` or `refused` in it, with its report
    #[arg(long, value_name = "DIR", conflicts_with_all = ["words", "dry_run", "currency", "map"])]
    pub(crate) watch: Option<PathBuf>,
    /// Writes nothing and says exactly what the import would do
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The currency of amounts that name none
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub(crate) currency: Option<Currency>,
    /// The system that the files come from; its ids belong together
    #[arg(long, value_name = "NAME", default_value = "files")]
    pub(crate) origin: String,
    /// The meaning of a column (`HEADING=FIELD`) or an answer to a doubt (`product:GTXPro=GTX Pro`)
    #[arg(long, value_name = "HEADING=FIELD", value_parser = pair)]
    pub(crate) map: Vec<(String, String)>,
}

/// Flags of `imports`.
#[derive(Debug, Args)]
pub(crate) struct Imports {
    /// The import to show; all of them are listed without it
    pub(crate) id: Option<String>,
    /// Takes the import back: what nobody touched since returns to what it was
    #[arg(long, requires = "id")]
    pub(crate) take_back: bool,
    /// With --take-back: says what would happen and does nothing
    #[arg(long, requires = "take_back")]
    pub(crate) dry_run: bool,
    /// With --take-back: puts back what was touched since, too; else it stays as it is now
    #[arg(long, requires = "take_back")]
    pub(crate) put_back: bool,
}

/// What can be asked about accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// Lists the accounts, the largest turnover first
    List(Asking),
    /// Ranks the accounts by their selection score
    Rank(Asking),
    /// Shows one account with its explained figures
    Show {
        /// Its id, an id of another system, or its name
        #[arg(value_name = "ID|NAME")]
        account: String,
        /// For which day and in which currency.
        #[command(flatten)]
        asking: Asking,
    },
}

/// For which day, in which currency, by which rates.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Asking {
    /// Figures as of this day, such as 2026-11-23 [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,
    /// The currency of money [default: the company's]
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub(crate) currency: Option<Currency>,
    /// How other currencies are converted: month, budget or day [default: the company's]
    #[arg(long, value_name = "RULE", value_parser = rule)]
    pub(crate) rates: Option<RateRule>,
}

/// What can be done with plans.
#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// Prints the plan on a page as PDF
    Print {
        /// The account: its id, an id of another system, or its name
        account: String,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The plan and its figures as of this day [default: today]
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
    },
}

/// What the administrator does.
#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Makes a sign-in; its password is read from stdin, chosen behind a link, or made and printed once
    Create {
        /// The address with which one signs in
        #[arg(long)]
        email: String,
        /// The name that is shown
        #[arg(long)]
        name: String,
        /// The role: PD, KAM, REL, TM, SP, CEO, SD, FIN, HR, PRI, MD, CH, OPS, AUD or ADM
        #[arg(long, value_parser = role)]
        role: Role,
        /// Reads the password from stdin
        #[arg(long)]
        password_stdin: bool,
        /// Prints a link that works once, behind which the person chooses the password
        #[arg(long, conflicts_with = "password_stdin")]
        link: bool,
    },
}

/// What can be asked about the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Checks every value and prints it with its origin, secrets masked
    Check,
}

/// What can be asked about the chain of events.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Checks every link and names the first that does not hold
    Verify {
        /// A file with checkpoints that were kept outside; repeatable
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
    },
    /// Gives a checkpoint to every place that the configuration names
    Checkpoint,
}

fn lang(text: &str) -> anyhow::Result<Lang> {
    Lang::parse(text).ok_or_else(|| anyhow::anyhow!("en or fr"))
}

fn currency(text: &str) -> anyhow::Result<Currency> {
    Currency::parse(text).ok_or_else(|| anyhow::anyhow!("a code of three letters, such as EUR"))
}

fn rule(text: &str) -> anyhow::Result<RateRule> {
    RateRule::parse(text).ok_or_else(|| anyhow::anyhow!("month, budget or day"))
}

fn role(text: &str) -> anyhow::Result<Role> {
    let known = Role::parse(&text.to_uppercase()).filter(|role| *role != Role::Shell);
    known.ok_or_else(|| {
        let roles = Role::ALL.iter().filter(|role| **role != Role::Shell);
        let roles: Vec<&str> = roles.map(|role| role.as_str()).collect();
        anyhow::anyhow!("one of {}", roles.join(", "))
    })
}

fn pair(text: &str) -> anyhow::Result<(String, String)> {
    let (heading, field) =
        text.rsplit_once('=').ok_or_else(|| anyhow::anyhow!("write HEADING=FIELD"))?;
    Ok((heading.trim().to_owned(), field.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_heading_may_hold_an_equals_sign() {
        assert_eq!(pair("a=b=cost").unwrap(), ("a=b".to_owned(), "cost".to_owned()));
        assert!(pair("cost").is_err());
    }
}
