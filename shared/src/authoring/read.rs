//! Texts of the data files in, dataset and Problems out.

use super::allow::{self, Sources};
use super::checks;
use super::locate::{Step, line, line_of};
use super::nearest::one_of_these;
use super::problem::{Problem, Severity};
use crate::content::{Advice, Elsewhere, Name, Portal, Rules, Run, Story, Term};
use crate::dataset::Dataset;
use crate::evidence::Source;
use crate::id::ProgramId;
use crate::map::Map;
use crate::program::Program;
use crate::question::Question;
use crate::readiness::Scales;
use crate::words::Words;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Texts by path below the data folder: `questions.toml`, `programs/local-10000.toml` …
pub type Files = BTreeMap<String, String>;

/// The files of many records: each holds one array under the record's name.
mod file {
    use super::{Advice, Deserialize, Elsewhere, Name, Portal, Question, Story, Term};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Questions {
        pub(super) question: Vec<Question>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Names {
        pub(super) name: Vec<Name>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Stories {
        pub(super) story: Vec<Story>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct AdviceFile {
        pub(super) advice: Vec<Advice>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Portals {
        pub(super) portal: Vec<Portal>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct ElsewhereFile {
        pub(super) elsewhere: Vec<Elsewhere>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Terms {
        pub(super) term: Vec<Term>,
    }
}

/// Reads all files. The dataset is there unless a file that everything needs is missing or broken;
/// build on it only if no Problem is an error.
pub fn parse(files: &Files) -> (Option<Dataset>, Vec<Problem>) {
    read(files, None)
}

/// Files that were read before, and what came of them.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The texts.
    pub files: &'a Files,
    /// What they hold.
    pub dataset: &'a Dataset,
    /// What is wrong with them.
    pub problems: &'a [Problem],
}

impl<'a> Known<'a> {
    /// The dataset, as far as this file goes: if its text is the same and nothing is wrong with it.
    pub(super) fn of(&self, file: &str, files: &Files) -> Option<&'a Dataset> {
        let text = files.get(file)?;
        let wrong = self.problems.iter().any(|problem| problem.file == file);
        (self.files.get(file) == Some(text) && !wrong).then_some(self.dataset)
    }
}

/// The same as [`parse`], sooner where most texts are those that were read before.
pub fn parse_again(files: &Files, known: Known) -> (Option<Dataset>, Vec<Problem>) {
    read(files, Some(known))
}

fn read(files: &Files, known: Option<Known>) -> (Option<Dataset>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut reader = Reader {
        files,
        known,
        problems: &mut problems,
    };

    let questions = reader.part(
        "questions.toml",
        |file: file::Questions| file.question,
        |known| &known.questions,
    );
    let scales = reader.part(
        "readiness.toml",
        |scales: Scales| scales,
        |known| &known.readiness,
    );
    let sources = reader.sources();
    let names = reader.part(
        "names.toml",
        |file: file::Names| file.name,
        |known| &known.names,
    );
    let stories = reader.part(
        "stories.toml",
        |file: file::Stories| file.story,
        |known| &known.stories,
    );
    let advice = reader.part(
        "advice.toml",
        |file: file::AdviceFile| file.advice,
        |known| &known.advice,
    );
    let portals = reader.part(
        "portals.toml",
        |file: file::Portals| file.portal,
        |known| &known.portals,
    );
    let elsewhere = reader.part(
        "elsewhere.toml",
        |file: file::ElsewhereFile| file.elsewhere,
        |known| &known.elsewhere,
    );
    let terms = reader.part(
        "glossary.toml",
        |file: file::Terms| file.term,
        |known| &known.terms,
    );
    let run = reader.part("run.toml", |run: Run| run, |known| &known.run);
    let rules = reader.part("rules.toml", |rules: Rules| rules, |known| &known.rules);
    let words = reader.words("strings/ja.toml");
    let programs = reader.programs();

    let dataset = (|| {
        Some(Dataset {
            programs,
            questions: questions?,
            readiness: scales?,
            sources: sources?,
            names: names?,
            stories: stories?,
            advice: advice?,
            portals: portals?,
            elsewhere: elsewhere?,
            terms: terms?,
            run: run?,
            rules: rules?,
            words: words?,
            succeeded: Vec::new(),
        })
    })()
    .map(Dataset::link);
    if let Some(dataset) = &dataset {
        checks::check(dataset, files, known, &mut problems);
    }
    problems.sort();
    problems.dedup();
    (dataset, problems)
}

/// The file of the sources alone.
pub(super) fn sources(files: &Files, problems: &mut Vec<Problem>) -> Option<Sources> {
    let mut reader = Reader {
        files,
        known: None,
        problems,
    };
    let sources = reader.one::<Sources>(allow::FILE)?;
    checks::allow(&sources, files, problems);
    Some(sources)
}

/// True of a file that describes one program.
pub(crate) fn is_program(file: &str) -> bool {
    file.starts_with("programs/")
}

struct Reader<'a> {
    files: &'a Files,
    known: Option<Known<'a>>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// What was read before, if the file is the same and nothing was wrong with it.
    fn known(&self, file: &str) -> Option<&'a Dataset> {
        self.known?.of(file, self.files)
    }

    fn part<F: DeserializeOwned, T: Clone>(
        &mut self,
        file: &str,
        of: fn(F) -> T,
        known: fn(&Dataset) -> &T,
    ) -> Option<T> {
        match self.known(file) {
            Some(dataset) => Some(known(dataset).clone()),
            None => self.one::<F>(file).map(of),
        }
    }

    fn sources(&mut self) -> Option<Vec<Source>> {
        if let Some(dataset) = self.known(allow::FILE) {
            return Some(dataset.sources.clone());
        }
        let file = self.one::<Sources>(allow::FILE)?;
        checks::allow(&file, self.files, self.problems);
        let mut sources = file.source;
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Some(sources)
    }

    fn one<T: DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let Some(text) = self.files.get(file) else {
            self.problems.push(Problem {
                file: file.to_owned(),
                line: None,
                severity: Severity::Error,
                what: "the file is missing".to_owned(),
                remedy: "restore it; every data file is needed".to_owned(),
            });
            return None;
        };
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.push(unreadable(file, text, &error));
                None
            }
        }
    }

    fn programs(&mut self) -> Vec<Program> {
        let files: Vec<(&String, &String)> = self
            .files
            .iter()
            .filter(|(file, _)| is_program(file))
            .collect();
        let mut programs = Vec::new();
        for (file, text) in files {
            let stem = file
                .trim_start_matches("programs/")
                .trim_end_matches(".toml");
            let known = self.known(file);
            if let Some(program) =
                known.and_then(|known| known.program(&ProgramId(stem.to_owned())))
            {
                programs.push(program.clone());
                continue;
            }
            match toml::from_str::<Program>(text) {
                Ok(mut program) => {
                    if !program.id.0.is_empty() {
                        self.problems.push(Problem {
                            file: file.clone(),
                            line: None,
                            severity: Severity::Error,
                            what: "`id` is written in the file".to_owned(),
                            remedy: "remove it; the file's name is the id".to_owned(),
                        });
                    }
                    program.id = ProgramId(stem.to_owned());
                    programs.push(program);
                }
                Err(error) => self.problems.push(unreadable(file, text, &error)),
            }
        }
        programs.sort_by(|a, b| a.id.cmp(&b.id));
        programs
    }

    fn words(&mut self, file: &str) -> Option<Words> {
        if let Some(dataset) = self.known(file) {
            return Some(dataset.words.clone());
        }
        let table = self.one::<toml::Table>(file)?;
        let mut words = Map::default();
        for (group, entries) in table {
            let toml::Value::Table(entries) = entries else {
                self.no_sentence(file, &[&group], "write it below a [group]");
                continue;
            };
            for (name, sentence) in entries {
                if let toml::Value::String(sentence) = sentence {
                    words.insert(format!("{group}.{name}"), sentence);
                } else {
                    self.no_sentence(file, &[&group, &name], "write a sentence between quotes");
                }
            }
        }
        Some(Words(words))
    }

    fn no_sentence(&mut self, file: &str, keys: &[&str], remedy: &str) {
        let path: Vec<Step> = keys.iter().map(|key| Step::Key(key)).collect();
        let text = self.files.get(file);
        self.problems.push(Problem {
            file: file.to_owned(),
            line: text.and_then(|text| line(text, &path)),
            severity: Severity::Error,
            what: format!("`{}` is no sentence of a group", keys.join(".")),
            remedy: remedy.to_owned(),
        });
    }
}

/// A file that TOML or serde refuses.
fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let (what, remedy) = told(error.message().trim());
    Problem {
        file: file.to_owned(),
        line: error.span().map(|span| line_of(text, span.start)),
        severity: Severity::Error,
        what,
        remedy,
    }
}

/// What is wrong and what to write instead, out of a parser's one sentence.
fn told(message: &str) -> (String, String) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let wrong = quoted.next().unwrap_or_default();
    let what = message.to_owned();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        if let Some(offer) = one_of_these(wrong, quoted) {
            return (what, offer);
        }
    } else if message.starts_with("missing field") {
        return (what, format!("add `{wrong}`"));
    } else if let Some((what, remedy)) = message.split_once(": write ") {
        return (what.to_owned(), format!("write {remedy}"));
    } else if let Some((_, expected)) = message.split_once(", expected ") {
        let expected = expected.to_owned();
        return (what, format!("write {expected}"));
    }
    let see = "see the file's JSON Schema in shared/data/schema";
    (what, see.to_owned())
}
