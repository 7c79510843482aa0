//! One edit on one file.

use super::layout::Record;
use super::record::{array_record, insert_record, place, remove_record};
use super::value::{read, value};
use super::{Edit, Place, Written, cite};
use shared::date::Day;
use shared::evidence::PageDate;
use toml_edit::{DocumentMut, Value};

/// What a step has to say when it fails; the file is added by the caller.
pub(super) type Told = (String, &'static str);

const AGAIN: &str =
    "データが更新案のあとで変わっています。もう一度 crawl を実行し、新しい更新案で決めてください";

pub(super) fn step(document: &mut DocumentMut, edit: &Edit) -> Result<(), Told> {
    match edit {
        Edit::Set {
            at, key, was, to, ..
        } => {
            let mut record = place(document, at)?;
            let now = record.get(key).map(read);
            if now.as_ref() == Some(&Some(to.clone())) {
                return Ok(());
            }
            if now != was.clone().map(Some) {
                return Err((format!("{at} の {key} が更新案の作成時と違います"), AGAIN));
            }
            record.set(key, value(key, to));
            Ok(())
        }
        Edit::Unset { at, key, .. } => {
            let mut record = place(document, at)?;
            record.remove(key);
            cite::drop_covered(&mut record, key);
            Ok(())
        }
        Edit::Append {
            array, id, fields, ..
        } => append(document, array, id, fields),
        Edit::Delete { array, id, .. } => {
            remove_record(document, array, id);
            Ok(())
        }
        Edit::Cite {
            at, cites, fresh, ..
        } => {
            let mut record = place(document, at)?;
            cite::add(&mut record, cites, fresh);
            Ok(())
        }
        Edit::Page {
            key,
            source,
            page_date,
            checked,
            ..
        } => page(document, key, source, *page_date, *checked),
        Edit::Source {
            id,
            url,
            title,
            publisher,
            class,
            page_date,
        } => {
            let class = serde_json::to_value(class).unwrap_or_default();
            let text = |text: &str| Written::Text(text.to_owned());
            let fields = [
                ("url".to_owned(), text(url)),
                ("title".to_owned(), text(title)),
                ("publisher".to_owned(), text(publisher)),
                (
                    "class".to_owned(),
                    text(class.as_str().unwrap_or("official")),
                ),
                ("page_date".to_owned(), text(&page_date.to_string())),
            ];
            append(document, "source", id, &fields)
        }
    }
}

/// A page line that an edit left without a reader goes with its last citation.
pub(super) fn drop_uncited(document: &mut DocumentMut, before: &[String]) {
    let after = cite::cited(document);
    let gone: Vec<&String> = before.iter().filter(|key| !after.contains(key)).collect();
    if gone.is_empty() {
        return;
    }
    if let Some(mut pages) = document.get_mut("page").and_then(Record::of) {
        for key in gone {
            pages.remove(key);
        }
    }
}

/// Adds a record; one that already says the same is left as it is.
pub(super) fn append(
    document: &mut DocumentMut,
    array: &str,
    id: &str,
    fields: &[(String, Written)],
) -> Result<(), Told> {
    if let Some(record) = array_record(document, array, id) {
        let same = fields
            .iter()
            .all(|(key, to)| record.get(key).and_then(read).as_ref() == Some(to));
        return if same {
            Ok(())
        } else {
            Err((format!("{array} に別の内容の {id} がすでにあります"), AGAIN))
        };
    }
    let mut values = vec![("id".to_owned(), Value::from(id))];
    values.extend(fields.iter().map(|(key, to)| (key.clone(), value(key, to))));
    insert_record(document, array, id, values);
    Ok(())
}

pub(super) fn page(
    document: &mut DocumentMut,
    key: &str,
    source: &str,
    page_date: Option<PageDate>,
    checked: Day,
) -> Result<(), Told> {
    let mut pages = place(document, &Place::Table("page".to_owned()))?;
    let day = value("checked", &Written::Days(vec![checked]));
    if let Some(mut line) = pages.inside(key) {
        if line.get("source").and_then(Value::as_str) != Some(source) {
            return Err((format!("[page] の {key} が別の出典を指しています"), AGAIN));
        }
        let newer = match line.get("checked").and_then(read) {
            Some(Written::Days(days)) => days.first().is_none_or(|known| *known < checked),
            _ => true,
        };
        if let Some(date) = page_date {
            line.change("page_date", Value::from(date.to_string()));
        }
        line.change("via", Value::from("live"));
        if newer {
            line.change("checked", day);
        }
        return Ok(());
    }
    let mut line = toml_edit::InlineTable::new();
    line.insert("source", Value::from(source));
    if let Some(date) = page_date {
        line.insert("page_date", Value::from(date.to_string()));
    }
    line.insert("via", Value::from("live"));
    line.insert("checked", day);
    pages.set(key, Value::InlineTable(line));
    Ok(())
}

impl Record<'_> {
    /// Writes a key only where it says something else.
    pub(super) fn change(&mut self, key: &str, to: Value) {
        if self.get(key).and_then(read) != read(&to) {
            self.set(key, to);
        }
    }
}
