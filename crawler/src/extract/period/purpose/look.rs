//! What a date on a notice is for, in the order in which words are believed: those that say it is
//! nobody's business here, those before it in its sentence, those after it, those it stands under.

use super::super::super::contract::Kind;
use super::super::super::view::{Line, is_old};
use super::words::Words;
use super::{Around, Purpose, first, is_nth_deadline, short};
use regex::Regex;

/// A date, and everything around it that is asked.
pub(super) struct Look<'a> {
    words: &'a Words,
    line: &'a Line<'a>,
    around: Around<'a>,
    /// True of a period, and of a day with から or まで.
    ranged: bool,
    /// The first words after the date.
    near: String,
    /// True on pages that seek somebody.
    sought: bool,
    /// True if the sentence before speaks of the work: 委託契約によります。期間は…
    of_work: bool,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        kind: Kind,
        words: &'a Words,
        line: &'a Line<'a>,
        around: Around<'a>,
        ranged: bool,
    ) -> Look<'a> {
        Look {
            words,
            line,
            around,
            ranged,
            near: first(around.after, 40),
            sought: matches!(
                kind,
                Kind::Call | Kind::ContractorCall | Kind::ResultAndCall | Kind::Correction
            ),
            of_work: around.told.is_some_and(|told| words.work.is_match(told)),
        }
    }

    /// What the date is for; nothing if no words say it.
    pub(super) fn purpose(&self) -> Option<Purpose> {
        if self.is_no_matter() {
            return None;
        }
        if let Some(purpose) = self.as_first_words() {
            return Some(purpose);
        }
        let before = self.said_before();
        if let Some(purpose) = self.after_the_call(before) {
            return Some(purpose);
        }
        if self.around.said.contains("必着") {
            return Some(before.unwrap_or(Purpose::Apply));
        }
        // 公表, 施行, 開催され right after the date: not what the words before promised.
        let never = self.words.never.is_match(&first(self.around.after, 14));
        match before {
            Some(Purpose::Apply) | None if never => None,
            Some(Purpose::Apply) if self.is_of_a_briefing() => Some(Purpose::Briefing),
            Some(purpose) => Some(purpose),
            None => self.said_after().or_else(|| self.stood_under()),
        }
    }

    /// Dates of opinions, of outages, of other years, of what was wrong or is over.
    fn is_no_matter(&self) -> bool {
        let Look { words, around, .. } = self;
        speaks_of_opinions(words, around.sentence)
            || words.opinion.is_match(&self.near)
            || words.aside.is_match(around.before)
            // 「津波防災の日」(11月5日): the date of what is named.
            || (around.before.ends_with("」(") && around.after.starts_with(')'))
            || words.earlier.is_match(around.sentence)
            || (words.publication.is_match(around.before) && self.near.starts_with("に公"))
            || words.no_matter.is_match(&self.near)
            || self
                .line
                .stands_under(|above| words.history.is_match(above))
            || self.line.is_superseded()
            || is_old(around.before)
    }

    /// A line that begins with its date: 5月23日(金) 事前相談の締切.
    fn as_first_words(&self) -> Option<Purpose> {
        let Look { words, around, .. } = self;
        let begins = around.sentence.trim().is_empty() && short(around.after);
        if !begins || self.ranged {
            return None;
        }
        // 7月24日 候補となった者による交付申請の期限.
        if words.later.is_match(around.after) {
            return Some(Purpose::Schedule);
        }
        // 8月9日の正午に届いたものまでを審査の対象とします.
        if around.after.contains("ものまで") {
            return Some(Purpose::Apply);
        }
        self.said_by(around.after).or_else(|| {
            // 11月14日(金) 端末の受取り, under a heading that is about days.
            let told = around.after.trim().chars().count() > 2
                && around.after.starts_with(' ')
                && self
                    .nearest()
                    .is_some_and(|above| words.schedule_heading.is_match(above));
            (told || words.schedule.is_match(around.after)).then_some(Purpose::Schedule)
        })
    }

    /// What the words before in the same sentence say.
    fn said_before(&self) -> Option<Purpose> {
        const FEW: usize = 20;
        // 説明会 4月21日。参加の申込みは4月17日まで.
        let Look { words, around, .. } = self;
        let of_briefing = around
            .told
            .is_some_and(|told| words.briefing.is_match(told))
            && words.joining.is_match(around.before);
        if of_briefing {
            return Some(Purpose::Briefing);
        }
        if is_nth_deadline(words, around) {
            return Some(Purpose::Apply);
        }
        self.said_by(self.around.before).or_else(|| {
            self.said_by(self.around.sentence)
                .filter(|_| self.around.before.chars().count() < FEW)
        })
    }

    /// What comes after applying: the next call, what those who were chosen do, what mends an
    /// application, the project and its report.
    fn after_the_call(&self, before: Option<Purpose>) -> Option<Purpose> {
        let Look { words, around, .. } = self;
        if words.next_call.is_match(around.before) {
            return Some(Purpose::Schedule);
        }
        if words.later.is_match(around.sentence) || words.later_after.is_match(&self.near) {
            return Some(match before {
                Some(purpose @ (Purpose::Consult | Purpose::Briefing)) => purpose,
                _ => Purpose::Schedule,
            });
        }
        let of_the_project = words.project.is_match(around.before)
            && self.ranged
            && !words.apply_after.is_match(around.after);
        let of_the_report = self.near.contains("実績報告")
            || self.near.contains("実績を報告")
            || self.near.contains("報告書")
            || around.sentence.contains("実績報告")
            || around.sentence.contains("交付決定の日");
        (of_the_project || of_the_report).then_some(Purpose::Schedule)
    }

    /// True of 申込みは4月17日まで under the words on a briefing.
    fn is_of_a_briefing(&self) -> bool {
        let Look { words, around, .. } = self;
        let under = self
            .nearest()
            .into_iter()
            .chain(self.line.headings.first().copied())
            .any(|above| words.briefing.is_match(above));
        under && !words.taking_part.is_match(around.before)
    }

    /// What the words after it in the same sentence say.
    fn said_after(&self) -> Option<Purpose> {
        let Look {
            words,
            around,
            near,
            ..
        } = self;
        // Those who apply are no call: 応募者は、3月10日までに.
        let before = around.before.replace("応募者", "");
        let taking = words.apply_before.is_match(&before)
            || (before.trim().is_empty()
                && self
                    .nearest()
                    .is_some_and(|above| words.taking.is_match(above)));
        let opens = words.opens_after.is_match(near) && taking;
        // 枠に残りがあっても、12月25日で終わり, under what says that applications are taken.
        let closes = words.closes_after.is_match(near)
            && !words.project.is_match(around.before)
            && (taking
                || self.says_taking(around.sentence)
                || self.nearest().is_some_and(|above| self.says_taking(above)));
        if opens || closes || words.begins_after.is_match(near) || words.ends_after.is_match(near) {
            return Some(Purpose::Apply);
        }
        let of_briefing = words.joining.is_match(&format!("{}{near}", around.before))
            && self
                .nearest()
                .into_iter()
                .chain(self.line.headings.first().copied())
                .any(|above| words.briefing.is_match(above));
        if self.ranged && of_briefing {
            return Some(Purpose::Briefing);
        }
        let asked_before = words.consult.is_match(near)
            || self
                .nearest()
                .is_some_and(|above| words.consult.is_match(above));
        if self.ranged && asked_before {
            return Some(Purpose::Consult);
        }
        // What stands in brackets after a date tells of something else.
        let briefing = words
            .briefing
            .is_match(near.split('(').next().unwrap_or(near));
        let applying = words.apply_before.is_match(&before)
            || words.apply_after.is_match(around.after)
            || words.hand_in_after.is_match(around.after);
        if self.ranged && !briefing && applying {
            return Some(Purpose::Apply);
        }
        briefing.then_some(Purpose::Briefing)
    }

    /// What the labels and headings above say, nearest first.
    fn stood_under(&self) -> Option<Purpose> {
        let Look {
            words,
            around,
            line,
            ..
        } = self;
        // 「12月5日」とあるのは、「12月26日」とします: what stands above says of what.
        let under = short(around.sentence) || around.before.ends_with("とあるのは、「");
        // 支援の終わり:2月26日 says itself what it is.
        let own = around.before.trim_end().ends_with(':')
            && !words.edge.is_match(around.before)
            && words.schedule.is_match(around.before);
        if own {
            return Some(Purpose::Schedule);
        }
        if under {
            for above in &line.labels {
                // 開始 9月1日 / 終了 10月10日: two ends of what both stand under.
                let other_end = words.edge.is_match(around.before) && dated(above);
                if words.edge.is_match(above) || other_end {
                    continue;
                }
                // 仕様書の配布 is no day to apply, and 公募の後 comes later.
                if above.ends_with("の配布") {
                    return None;
                }
                if ["公募の後", "応募の後", "募集の後", "締切の後"]
                    .iter()
                    .any(|end| above.ends_with(end))
                {
                    return Some(Purpose::Schedule);
                }
                if words.opinion.is_match(above) {
                    return None;
                }
                if let Some(purpose) = self.said_by(above) {
                    return Some(purpose);
                }
                // 訓練の時期 is of what is done with the support.
                if above.ends_with("の時期") && !words.schedule.is_match(above) {
                    return None;
                }
                if words.schedule.is_match(above) || words.schedule_heading.is_match(above) {
                    return Some(Purpose::Schedule);
                }
            }
        }
        if [around.before, around.sentence, self.near.as_str()]
            .iter()
            .any(|text| words.schedule.is_match(text))
        {
            return Some(Purpose::Schedule);
        }
        if under && let Some(purpose) = line.headings.iter().find_map(|above| self.said_by(above)) {
            return Some(purpose);
        }
        line.stands_under(|above| words.schedule_heading.is_match(above))
            .then_some(Purpose::Schedule)
    }

    /// True of words on taking applications that are not about the work.
    fn says_taking(&self, text: &str) -> bool {
        self.words.taking.is_match(text) && !self.words.work.is_match(text)
    }

    /// What some words by themselves say.
    fn said_by(&self, text: &str) -> Option<Purpose> {
        let words = self.words;
        let text = text.trim();
        if words.bare.is_match(text) {
            return Some(self.bare(text));
        }
        // 説明会の後、公募を: the last clause is nearer than the first.
        let last = text.rsplit('、').next().unwrap_or(text);
        let applying = words.apply.is_match(last)
            && !words.consult.is_match(last)
            && !words.briefing.is_match(last);
        if applying {
            Some(Purpose::Apply)
        } else if words.consult.is_match(text) {
            Some(Purpose::Consult)
        } else if words.briefing.is_match(text) {
            Some(Purpose::Briefing)
        } else if words.apply.is_match(text) || words.apply_label.is_match(text) {
            Some(Purpose::Apply)
        } else {
            None
        }
    }

    /// 期間 or 日時 alone: of what it stands under.
    fn bare(&self, text: &str) -> Purpose {
        let words = self.words;
        // 最長3年(令和11年3月31日まで) is how long the work may take.
        if self.around.sentence.contains("最長") {
            return Purpose::Schedule;
        }
        let of = |of: &Regex| self.line.stands_under(|above| of.is_match(above));
        let head = |above: &str| words.bare.is_match(above) && !words.work.is_match(above);
        let only_heads =
            self.sought && self.ranged && !of(&words.work) && self.line.stands_under(head);
        // 日程 is of all that happens, unless it is a period.
        let of_days = words.days.is_match(text) && !self.ranged;
        let taking = (of(&words.taking) && !of_days)
            || only_heads
            || (self.sought && words.deadline.is_match(text));
        if taking && !self.of_work {
            Purpose::Apply
        } else if of(&words.briefing) {
            Purpose::Briefing
        } else if of(&words.consult) {
            Purpose::Consult
        } else {
            Purpose::Schedule
        }
    }

    /// The words it stands under that are nearest.
    fn nearest(&self) -> Option<&'a str> {
        self.line
            .labels
            .first()
            .or(self.line.headings.first())
            .copied()
    }
}

fn dated(words: &str) -> bool {
    words.contains('月') && words.contains(|char: char| char.is_ascii_digit())
}

/// True if the last thing that the words name is a call for opinions: 意見募集の結果を踏まえ、公募を is none.
fn speaks_of_opinions(words: &Words, text: &str) -> bool {
    words.opinion.find_iter(text).last().is_some_and(|last| {
        !text
            .get(last.end()..)
            .is_some_and(|rest| rest.contains('、') && words.taking.is_match(rest))
    })
}
