//! A calendar cut into its events, however broken it is between them.

/// The parts of a calendar's text.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// The events: line, and the lines of their own between `BEGIN` and `END`.
    pub(super) events: Vec<(u32, String)>,
    /// The time zones, as they stand.
    pub(super) zones: String,
    /// The name of the zone in which the calendar shows its times.
    pub(super) shown_in: Option<String>,
    /// Whether the file takes back what it names.
    pub(super) is_cancelled: bool,
}

/// What a line stands in.
enum Inside {
    Calendar,
    Zone,
    /// An event, and how many parts of its own are open.
    Event(u32, String, usize),
}

impl Cut {
    pub(super) fn new(text: &str) -> Self {
        let mut cut = Self::default();
        let mut inside = Inside::Calendar;
        for (line, content) in (1_u32..).zip(text.split(['\n'])) {
            let content = content.trim_end_matches('\r');
            if !content.trim().is_empty() {
                inside = cut.take(inside, line, content);
            }
        }
        cut.end(inside);
        cut
    }

    fn take(&mut self, inside: Inside, line: u32, content: &str) -> Inside {
        let upper = content.trim().trim_start_matches('\u{feff}').to_ascii_uppercase();
        match inside {
            _ if upper == "BEGIN:VEVENT" => {
                self.end(inside);
                Inside::Event(line, String::from("BEGIN:VEVENT\r\n"), 0)
            }
            Inside::Event(..) if upper == "END:VEVENT" || upper == "END:VCALENDAR" => {
                self.end(inside);
                Inside::Calendar
            }
            Inside::Event(begin, block, open) if upper.starts_with("BEGIN:") => {
                Inside::Event(begin, block, open + 1)
            }
            Inside::Event(begin, block, open) if upper.starts_with("END:") => {
                Inside::Event(begin, block, open.saturating_sub(1))
            }
            Inside::Event(begin, mut block, 0) => {
                push(&mut block, content);
                Inside::Event(begin, block, 0)
            }
            Inside::Calendar if upper == "BEGIN:VTIMEZONE" => {
                push(&mut self.zones, content.trim());
                Inside::Zone
            }
            Inside::Zone => {
                push(&mut self.zones, content);
                if upper == "END:VTIMEZONE" { Inside::Calendar } else { Inside::Zone }
            }
            Inside::Calendar => {
                self.property(content.trim(), &upper);
                Inside::Calendar
            }
            event @ Inside::Event(..) => event,
        }
    }

    fn property(&mut self, content: &str, upper: &str) {
        if upper == "METHOD:CANCEL" {
            self.is_cancelled = true;
        } else if upper.starts_with("X-WR-TIMEZONE") {
            self.shown_in = content.split_once(':').map(|(_, name)| name.trim().to_owned());
        }
    }

    fn end(&mut self, inside: Inside) {
        match inside {
            Inside::Event(line, mut block, _) => {
                block.push_str("END:VEVENT\r\n");
                self.events.push((line, block));
            }
            Inside::Zone => self.zones.push_str("END:VTIMEZONE\r\n"),
            Inside::Calendar => {}
        }
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push_str("\r\n");
}
