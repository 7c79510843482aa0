//! Small invented programs on the shipped questions, so that an edge can be met exactly.

use crate::given::data;
use shared::Dataset;
use shared::evidence::Source;
use shared::program::Program;
use shared::question::Question;

/// A program: its kind, further keys of its head, and its tables.
pub(crate) struct Invented<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) head: &'a str,
    pub(crate) tables: &'a str,
}

/// A route for firms, where the test is about something else.
const ROUTE: &str = r#"
[[route]]
id = "firm"
who = ["company"]
maybe = ["sole"]
role = "applicant"
text = "（例）会社が申請します。"
evidence = ["release"]
"#;

/// The pages that invented programs cite, all copied on 2026-04-10.
const PAGES: &str = r#"
[page]
release = { source = "official", page_date = "2026-04-10", via = "archived-copy", copied = 2026-04-10 }
early = { source = "official", page_date = "2026-03-02", via = "archived-copy", copied = 2026-04-10 }
too-early = { source = "official", page_date = "2026-03-01", via = "archived-copy", copied = 2026-04-10 }
old = { source = "official", page_date = "fy2025", via = "archived-copy", copied = 2026-04-10 }
undated = { source = "official", page_date = "undated", via = "archived-copy", copied = 2026-04-10 }
body = { source = "public-body", page_date = "2026-04-10", via = "archived-copy", copied = 2026-04-10 }
town = { source = "municipality", page_date = "2026-04-10", via = "archived-copy", copied = 2026-04-10 }
article = { source = "third-party", page_date = "2026-04-10", via = "archived-copy", copied = 2026-04-10 }
machine = { source = "machine", page_date = "2026-04-10", via = "archived-copy", copied = 2026-04-10 }
"#;

/// The shipped questions and words with these programs alone, and the numbers that tests count on.
pub(crate) fn dataset(programs: &[Invented]) -> Dataset {
    let mut dataset = data().clone();
    dataset.sources = [
        "machine",
        "municipality",
        "official",
        "public-body",
        "third-party",
    ]
    .map(source)
    .to_vec();
    dataset.programs = programs.iter().map(program).collect();
    dataset.programs.sort_by(|a, b| a.id.cmp(&b.id));
    dataset.rules.closing_soon_days = 14;
    dataset.rules.season_lead_days = 30;
    dataset.rules.announced_ahead_days = 60;
    dataset.names.clear();
    dataset.stories.clear();
    dataset.link()
}

fn source(class: &str) -> Source {
    let text = format!(
        "id = \"{class}\"\nurl = \"https://{class}.example/\"\ntitle = \"（例）{class}\"\npublisher = \"（例）\"\nclass = \"{class}\"\n"
    );
    toml::from_str(&text).expect("an invented source reads")
}

fn program(invented: &Invented) -> Program {
    let Invented {
        id,
        kind,
        head,
        tables,
    } = invented;
    let age = if head.contains("stale_after_days") {
        ""
    } else {
        "stale_after_days = 9999\n"
    };
    let route = if tables.contains("[[route]]") {
        ""
    } else {
        ROUTE
    };
    let text = format!(
        "title = \"（例）{id}\"\nkana = \"{id}\"\nkind = \"{kind}\"\nsummary = \"（例）\"\n{age}{head}\n{PAGES}{route}{tables}"
    );
    let mut program: Program =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}\n{text}"));
    program.id = (*id).into();
    program
}

/// Questions from TOML, in place of the shipped ones.
pub(crate) fn questions(text: &str) -> Vec<Question> {
    #[derive(serde::Deserialize)]
    struct File {
        question: Vec<Question>,
    }
    let file: File = toml::from_str(text).expect("invented questions read");
    file.question
}
