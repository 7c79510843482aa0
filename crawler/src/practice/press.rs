//! Any number of press releases, each made anew whenever it is asked for: a site of 20,000 pages in
//! no memory.

use super::frame::Listed;
use super::site::{Frame, Page, in_era};
use shared::date::{Day, Month};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// How many there are in a month; on the real site about as many.
const A_MONTH: usize = 200;

/// How many paragraphs make a page as long as a release with its menus is: some 11 kilobytes.
const PARAGRAPHS: usize = 40;

/// The month of the newest ones: the one before the newest written pages.
const NEWEST: (i32, i32) = (2026, 10);

const DEPARTMENTS: &[&str] = &[
    "情報流通行政局",
    "総合通信基盤局",
    "自治行政局",
    "統計局",
    "自治財政局",
    "大臣官房",
];

const FIELDS: &[&str] = &[
    "農業の見守り",
    "観光の案内",
    "防災の連絡",
    "図書館の窓口",
    "河川の観測",
    "遠隔の診療",
    "通学の見守り",
    "鳥獣の対策",
];

/// The releases by number, the newest first.
#[derive(Debug)]
pub(super) struct Presses {
    count: usize,
    /// Per cent changed, one entry for each time.
    changes: Mutex<Vec<u32>>,
}

impl Presses {
    pub(super) fn new(count: usize) -> Presses {
        Presses {
            count,
            changes: Mutex::default(),
        }
    }

    pub(super) fn change(&self, percent: u32) {
        self.lock().push(percent);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<u32>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number and the version of the page in a file.
    pub(super) fn find(&self, name: &str) -> Option<(usize, usize)> {
        let number = name.strip_suffix(".html")?.rsplit('_').next()?;
        let number: usize = number.parse().ok()?;
        (number < self.count && file(number) == name).then(|| (number, self.version(number)))
    }

    /// Which of the changes a page had last.
    fn version(&self, number: usize) -> usize {
        let changes = self.lock();
        let had = changes.iter().enumerate().rev().find(|(round, percent)| {
            // As many of each hundred, of another kind in each, and another share each round.
            let place = ((number + number / 100) * 37 + round * 53) % 100;
            place < **percent as usize
        });
        had.map_or(0, |(round, _)| round + 1)
    }

    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        (0..self.count.div_ceil(A_MONTH)).map(month)
    }

    pub(super) fn listed(&self, wanted: Month) -> Vec<Listed> {
        let Some(place) = (0..self.count.div_ceil(A_MONTH)).find(|place| month(*place) == wanted)
        else {
            return Vec::new();
        };
        let range = place * A_MONTH..self.count.min((place + 1) * A_MONTH);
        range.map(Presses::listing).collect()
    }

    pub(super) fn newest(&self, most: usize) -> Vec<Listed> {
        let range = 0..self.count.min(most);
        range.map(Presses::listing).collect()
    }

    fn listing(number: usize) -> Listed {
        Listed {
            date: date(number),
            path: format!("/menu_news/s-news/{}", file(number)),
            title: title(number),
            department: DEPARTMENTS[number % DEPARTMENTS.len()].to_owned(),
        }
    }

    pub(super) fn page(number: usize, version: usize) -> Page {
        let day = date(number);
        let field = FIELDS[number % FIELDS.len()];
        let opens = in_era(day);
        let closes = in_era(day.plus(21 + narrow(number % 20) + narrow(version)));
        let limit = 100 + number % 50 * 10;
        let mut body = match number % 4 {
            0 => format!(
                "<p>{field}に使う通信設備の整備を助ける事業（練習用）の提案を、次のとおり公募します。</p>\
                 <h3>1 対象となる者</h3><p>地方公共団体又はこれを含む共同体</p>\
                 <h3>2 補助率</h3><p>対象経費の1/2</p><h3>3 補助上限額</h3><p>{limit}万円</p>\
                 <h3>4 公募期間</h3><p>{opens}から{closes}（必着）まで</p>"
            ),
            1 => format!(
                "<p>{field}に関する指針の案について、意見を募集します。</p>\
                 <h3>1 意見募集の期間</h3><p>{opens}から{closes}まで</p>"
            ),
            2 => format!(
                "<p>{field}の取組を公募した結果、{}件を採択しましたので公表します。</p>\
                 <h3>1 公募の経過</h3><p>{opens}に公募を締め切りました。</p>",
                number % 30 + 1
            ),
            _ => format!(
                "<p>{field}を考える会合を開きます。</p><h3>1 日時</h3><p>{closes} 午後2時から</p>"
            ),
        };
        for paragraph in 0..PARAGRAPHS {
            let other = FIELDS[(number + paragraph) % FIELDS.len()];
            // Writing to a String cannot fail.
            let _ = write!(
                body,
                "<p>この頁は練習用です。{other}についての段落{paragraph}で、番号は{number}、版は{version}です。\
                 実在の事業とは関係がなく、長さをそろえるための文を重ねています。</p>"
            );
        }
        Page {
            id: String::new(),
            path: format!("/menu_news/s-news/{}", file(number)),
            frame: Frame::Press,
            date: Some(day),
            title: title(number),
            subtitle: None,
            department: Some(DEPARTMENTS[number % DEPARTMENTS.len()].to_owned()),
            body,
            desk: vec![
                "担当：練習係".to_owned(),
                "電話：03−0000−0000（直通）".to_owned(),
            ],
            attachment: Vec::new(),
            watch: false,
        }
    }
}

fn narrow(number: usize) -> i32 {
    i32::try_from(number).unwrap_or_default()
}

fn file(number: usize) -> String {
    format!("09renshu{:02}_{number:08}.html", number % 90 + 1)
}

fn title(number: usize) -> String {
    let field = FIELDS[number % FIELDS.len()];
    match number % 4 {
        0 => format!("{field}に使う通信設備の整備（練習{number}）に係る提案の公募"),
        1 => format!("{field}に関する指針案（練習{number}）に対する意見募集"),
        2 => format!("{field}の取組（練習{number}）の公募の結果"),
        _ => format!("{field}を考える会合（練習{number}）の開催"),
    }
}

/// The month that lies so many before the newest.
fn month(place: usize) -> Month {
    let months = NEWEST.0 * 12 + NEWEST.1 - 1 - narrow(place);
    Month {
        year: months.div_euclid(12),
        month: u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1),
    }
}

fn date(number: usize) -> Day {
    let first = month(number / A_MONTH).first_day();
    first.plus(27 - narrow(number % A_MONTH * 28 / A_MONTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_place_in_one_month() {
        let presses = Presses::new(450);
        let months: Vec<Month> = presses.months().collect();
        assert_eq!(months.len(), 3);
        let listed: Vec<Listed> = months
            .iter()
            .flat_map(|month| presses.listed(*month))
            .collect();
        assert_eq!(listed.len(), 450);
        for (number, listed) in listed.iter().enumerate() {
            let name = listed.path.rsplit('/').next().unwrap_or_default();
            assert_eq!(presses.find(name), Some((number, 0)));
            assert!(months.contains(&listed.date.month()));
        }
        assert_eq!(presses.find("09renshu01_00000450.html"), None);
        assert_eq!(presses.find("01ryutsu06_00000001.html"), None);
    }

    #[test]
    fn changes_touch_their_share_and_not_the_same_twice() {
        let presses = Presses::new(1000);
        let changed = |version: usize| {
            (0..1000)
                .filter(|number| presses.version(*number) == version)
                .count()
        };
        assert_eq!(changed(0), 1000);
        presses.change(1);
        assert_eq!(changed(1), 10);
        presses.change(10);
        assert_eq!(changed(2), 100);
        let (before, after) = (Presses::page(3, 0), Presses::page(3, 1));
        assert_ne!(before.body, after.body);
    }
}
