//! The work bench of these tests: a directory of its own and the program in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A directory and the program that works in it.
pub(crate) struct Bench {
    dir: tempfile::TempDir,
}

/// What the program answered.
pub(crate) struct Answer {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON: {error}\n{}\n{}", self.out, self.err))
    }

    /// Checks that the program ended with one line of error and one of hint.
    pub(crate) fn refuses(&self, exit: i32, error: &str, hint: &str) {
        let lines: Vec<&str> = self.err.lines().collect();
        assert_eq!(lines.len(), 2, "{}", self.err);
        assert!(lines[0].starts_with("error: ") && lines[0].contains(error), "{}", self.err);
        assert!(lines[1].starts_with("hint: ") && lines[1].contains(hint), "{}", self.err);
        assert_eq!(self.exit, exit);
        assert!(self.out.is_empty(), "{}", self.out);
    }
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Gives the program with no environment of ours.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        self.command_in(&self.data(), words)
    }

    /// Gives the program for another data directory.
    pub(crate) fn command_in(&self, data: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orchestre"));
        command.args(words).arg("--data").arg(data).current_dir(self.dir.path());
        command.env_clear().stdin(Stdio::null());
        if let Some(path) = option_env!("PATH") {
            command.env("PATH", path);
        }
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Answer {
        finish(self.command(words))
    }

    /// Runs what must succeed.
    pub(crate) fn done(&self, words: &[&str]) -> Answer {
        let answer = self.run(words);
        assert_eq!(answer.exit, 0, "{words:?}\n{}\n{}", answer.out, answer.err);
        answer
    }

    /// Imports three accounts, two products and a year of sales.
    pub(crate) fn fill(&self) {
        self.file(
            "accounts.csv",
            "id,name,parent,country,tier,status\nLYS,Laboratoires Lysarel,,FR,key,key\n\
             LYS2,Lysarel GmbH,LYS,DE,,\nHAR,Hartwenden,,DE,,\nHAR2,Hartwenden,,AT,,\n",
        );
        self.file("products.csv", "id,name\nP1,Tray\nP2,Lid\n");
        let head = "document,line,date,account,product,quantity,amount,cost,currency".to_owned();
        let lines = (1..=12).flat_map(|month| {
            [
                format!("A{month},1,2025-{month:02}-10,LYS,P1,10,1000.00,600.00,EUR"),
                format!("B{month},1,2025-{month:02}-11,LYS2,P2,10,500.00,300.00,EUR"),
                format!("C{month},1,2025-{month:02}-12,HAR,P1,5,250.00,,EUR"),
            ]
        });
        let sales: Vec<String> = std::iter::once(head).chain(lines).collect();
        self.file("sales.csv", &sales.join("\n"));
        for kind in ["accounts", "products", "sales"] {
            self.done(&["import", kind, &format!("{kind}.csv"), "--json"]);
        }
    }
}

pub(crate) fn finish(mut command: Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        exit: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
