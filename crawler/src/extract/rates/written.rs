//! A share as it is written: 1/2, 2分の1, 50%, 半額, 定額, 委託. Whether it is paid is not known here.

use super::Share;
use crate::extract::cursor::Cursor;

/// How a share was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Slash,
    Words,
    Percent,
    FixedSum,
    All,
    Commission,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub share: Share,
    pub form: Form,
}

pub(super) const ALL: Share = Share::Part {
    numerator: 10,
    denominator: 10,
};

pub(super) fn candidate(cursor: &mut Cursor<'_>) -> Option<Candidate> {
    let found = |share, form| Some(Candidate { share, form });
    let next = cursor.peek()?;
    if next == '定' {
        // 特別定額給付金
        let named = cursor.behind() == Some('別');
        let fixed = cursor.eat("定額")
            && !named
            && !cursor.looks_at(&["給付", "法", "減税", "制", "料金", "預", "貯", "小為替"]);
        return fixed.then_some(Candidate {
            share: Share::FixedSum,
            form: Form::FixedSum,
        });
    }
    if next == '全' && cursor.eat("全額") {
        return found(ALL, Form::All);
    }
    if next == '半' {
        let half = part(1, 2)?;
        if cursor.eat("半分") {
            return cursor
                .text()
                .get(..cursor.at())
                .is_some_and(|said| said.ends_with("費用の半分") || said.ends_with("経費の半分"))
                .then_some(Candidate {
                    share: half,
                    form: Form::Words,
                });
        }
        return cursor
            .eat("半額")
            .then_some(Candidate {
                share: half,
                form: Form::Words,
            })
            .filter(|_| !cursor.looks_at(&["以下", "程度"]));
    }
    if next == '委' {
        return commission(cursor).then_some(Candidate {
            share: Share::Commission,
            form: Form::Commission,
        });
    }
    if cursor
        .behind()
        .is_some_and(|behind| behind.is_ascii_alphanumeric() || "/.,-_第".contains(behind))
    {
        return None;
    }
    let mut ahead = *cursor;
    let first = number(&mut ahead)?;
    if ahead.eat_spaced("分の") {
        ahead.spaces();
        let numerator = number(&mut ahead)?;
        let share = part(numerator, first)?;
        *cursor = ahead;
        return found(share, Form::Words);
    }
    if ahead.eat_spaced("%") {
        *cursor = ahead;
        return found(of_hundred(first)?, Form::Percent);
    }
    if ahead.eat("割") && !ahead.looks_at(&["引", "合", "増", "当", "り"]) {
        *cursor = ahead;
        return found(of_hundred(first.checked_mul(10)?)?, Form::Percent);
    }
    if ahead.eat_spaced("/") {
        ahead.spaces();
        let second = number(&mut ahead)?;
        if ahead
            .peek()
            .is_some_and(|next| next.is_ascii_alphanumeric() || "/.-_".contains(next))
        {
            return None;
        }
        let share = part(first, second)?;
        *cursor = ahead;
        return found(share, Form::Slash);
    }
    None
}

/// 委託事業, 委託費, を委託する: not 委託先候補, not 再委託.
fn commission(cursor: &mut Cursor<'_>) -> bool {
    let behind = cursor.behind();
    let before = cursor.text().get(..cursor.at()).unwrap_or_default();
    if behind == Some('再') || !cursor.eat("委託") {
        return false;
    }
    let noun = [
        "費",
        "料",
        "事業",
        "調査",
        "研究",
        "契約",
        "により",
        "によって",
        "で実施",
        "にて",
        "の額",
        "の金額",
        "金額",
        "額",
        "の形",
        "の上限",
    ];
    // 委託先候補の決定: the project is commissioned; 事務局の委託先 is another's work.
    let chosen = cursor.looks_at(&[
        "先候補",
        "先の公募",
        "先の決定",
        "先の選定",
        "先を公募",
        "先を決定",
    ]) && !matches!(behind, Some('局' | '営' | '行' | '理' | '務'))
        && behind != Some('の');
    chosen
        || cursor.looks_at(&noun)
        || (behind == Some('の')
            && cursor.looks_at(&["(", "、", "。", "とし", "となり", "です", "で行"]))
        || (behind == Some('が') && cursor.looks_at(&["して", "し、", "する", "します"]))
        || (matches!(behind, Some('を' | 'に' | 'へ'))
            && !before.ends_with("業務を")
            && !cursor.looks_at(&["先", "者", "元"]))
        || (behind.is_none() || behind == Some(' ')) && {
            let mut ahead = *cursor;
            ahead.spaces();
            ahead.ends() || ahead.looks_at(&["(", "、", "。"])
        }
}

fn number(cursor: &mut Cursor<'_>) -> Option<u32> {
    if let Some((number, width)) = cursor.digits() {
        return if width <= 3 {
            u32::try_from(number).ok()
        } else {
            None
        };
    }
    let next = cursor.peek()?;
    let at = "一二三四五六七八九十"
        .chars()
        .position(|digit| digit == next)?;
    cursor.step();
    u32::try_from(at + 1).ok()
}

/// A proper part with a denominator that rates have.
fn part(numerator: u32, denominator: u32) -> Option<Share> {
    let whole = numerator == denominator && denominator == 10;
    let proper = (1..denominator).contains(&numerator) && (2..=10).contains(&denominator);
    (whole || proper).then_some(Share::Part {
        numerator,
        denominator,
    })
}

/// 50% is 1/2, 100% is 10/10.
fn of_hundred(percent: u32) -> Option<Share> {
    if percent == 100 {
        return Some(ALL);
    }
    if !(1..100).contains(&percent) {
        return None;
    }
    let (mut one, mut other) = (percent, 100);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    Some(Share::Part {
        numerator: percent / one,
        denominator: 100 / one,
    })
}
