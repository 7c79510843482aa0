//! What the words around a sum say it is.
//!
//! The nearest word before the sum decides, then its label, then the words after it in the same clause.

mod words;

use super::{Amount, Bound, Per, Role, Tax, Value};
use crate::extract::context::{
    REACH, after_in_clause, before_in_sentence, names_a_case, near, rest_of_sentence,
};
use crate::extract::cursor::Cursor;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use words::{ABOVE, AFTER, LIMITS, MAX_AFTER, MIN_AFTER, REFUSES, ROLES};

/// Gives every sum its role.
pub(super) fn judge(label: &str, text: &str, found: &[(Value, Range<usize>)]) -> Vec<Amount> {
    let mut amounts: Vec<Amount> = Vec::new();
    let mut reached = 0;
    for (index, (value, span)) in found.iter().enumerate() {
        let before = before_in_sentence(text, reached.min(span.start), span.start);
        let next = found
            .get(index + 1)
            .map_or(text.len(), |(_, next)| next.start);
        let after = after_in_clause(text, span.end, next);
        let sentence = rest_of_sentence(text, span.end, next);
        let replaced = amounts
            .last_mut()
            .filter(|_| before.starts_with("から改め") || before.starts_with("を改め"));
        let bound = match replaced {
            // 上限は、第1次の1,000万円から改め、1件につき600万円とします.
            Some(old) => {
                let said = before_in_sentence(text, 0, old.span.start);
                let bound = match old.bound {
                    Bound::Plain if said.contains("上限") || said.contains("限度") => {
                        Bound::Max
                    }
                    Bound::Plain if said.contains("下限") => Bound::Min,
                    bound => bound,
                };
                old.bound = Bound::Plain;
                old.role = Role::Unknown;
                bound
            }
            None => bound(*value, before, sentence, label),
        };
        let earlier = amounts
            .last()
            .filter(|earlier| same_sentence(text, earlier.span.end, span.start));
        let role = match role(before, after, label, bound, earlier) {
            // 契約額は1課題当たり6,500万円以内: what may be agreed, not what was.
            Role::Adopted if bound == Bound::Max && before.contains("契約") => Role::Grant,
            role => role,
        };
        amounts.push(Amount {
            value: *value,
            bound,
            role,
            per: per(before, after).or_else(|| per(label, "")),
            tax: tax(before, after).or_else(|| tax(label, "")),
            conditional: names_a_case(before, after)
                && !for_one(own_clause(before))
                && !after.starts_with("を超える部分"),
            span: span.clone(),
        });
        reached = span.end;
    }
    amounts
}

/// ただし、1者につき180万円を限度とします names no case.
fn own_clause(before: &str) -> &str {
    before
        .rsplit('、')
        .next()
        .filter(|own| !before.contains("場合") && own.len() < before.len())
        .unwrap_or_default()
}

fn same_sentence(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to)
        .is_some_and(|between| !between.contains(['。', '\n', '※']) && between.len() <= REACH)
}

fn role(before: &str, after: &str, label: &str, bound: Bound, earlier: Option<&Amount>) -> Role {
    // 300万円を超える部分は除きます: of what is paid.
    if after.starts_with("を超える部分") || after.starts_with("を超える額") {
        return Role::Grant;
    }
    // 経費の2分の1に相当する額又は1,400万円のいずれか低い額.
    if after.starts_with("のいずれか") {
        return Role::Grant;
    }
    let named = last_named(before);
    // 対象経費の1/2以内を補助し、1提案につき4,000万円を限度: a clause of its own.
    let own = near(before);
    if bound == Bound::Max && for_one(own) && last_named(own).is_none() {
        let of_costs = before
            .strip_suffix(own)
            .is_some_and(|lead| lead.trim_end().ends_with("は、"))
            && matches!(named, Some((Role::ProjectCost, _)));
        if !of_costs {
            return Role::Grant;
        }
    }
    let limit = LIMITS.iter().filter_map(|word| before.rfind(word)).max();
    match (named, limit) {
        // 補助対象経費の1/2以内(上限3,000万円): the limit is the grant's. 事業費の上限 is the project's.
        (Some((role, end)), Some(limit)) if limit >= end => {
            let between = before.get(end..limit).unwrap_or_default();
            if attaches(between) { role } else { Role::Grant }
        }
        (Some((role, _)), _) => role,
        // 事業費は上限1,000万円、下限100万円: the second limit is of the same thing as the first.
        (None, Some(_)) => earlier
            .filter(|earlier| opposite(earlier.bound, bound))
            .map(|earlier| earlier.role)
            .or_else(|| labelled(label))
            .filter(|role| *role == Role::ProjectCost)
            // 交付した額 合計7,730万円(最高1,180万円): the most that was.
            .or_else(|| {
                let of_those = before.trim_start().starts_with('(');
                earlier
                    .map(|earlier| earlier.role)
                    .filter(|role| of_those && matches!(role, Role::Budget | Role::Adopted))
            })
            .unwrap_or(Role::Grant),
        (None, None) => {
            let said_after = AFTER
                .iter()
                .find(|(word, _)| after.contains(word))
                .map(|(_, role)| *role);
            let limited = bound == Bound::Max
                && (LIMITS.iter().any(|word| label.contains(word)) || after.contains("上限"));
            // 3,000万円を天井とし、300万円を底とし.
            let same = earlier
                .filter(|earlier| opposite(earlier.bound, bound))
                .map(|earlier| earlier.role)
                .filter(|role| *role != Role::Unknown);
            // 60万円に満たないものは交付しません.
            let refused = bound == Bound::Min && after.contains("交付しま");
            same.or_else(|| labelled(label))
                .or(said_after)
                .unwrap_or(if limited || refused {
                    Role::Grant
                } else {
                    Role::Unknown
                })
        }
    }
}

/// True of words that count a sum for one applicant or project: 1提案につき, 1申請者当たり, 1件.
pub(crate) fn for_one(before: &str) -> bool {
    static ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|[^0-9第])(?:1|一)(?:つの)?[^\s、。()0-9「」人日月年]{1,12}?(?:当たり|あたり|につき|に付き|ごとに)(?:、|税込みで)?$|(?:申請者|応募者|団体|市町村)ごとに$|(?:^|[^0-9第])(?:1|一)(?:件|組|団体|者|申請者?|応募者?|市町村|施設|課題|提案|事業|地域|社|校|法人|計画|案件|か所|箇所|局|台|店舗|工事|基|地区|コンソーシアム)[^。、]{0,10}、?$",
        )
        .ok()
    });
    ONE.as_ref().is_some_and(|one| one.is_match(before))
}

fn opposite(one: Bound, other: Bound) -> bool {
    matches!(
        (one, other),
        (Bound::Max, Bound::Min) | (Bound::Min, Bound::Max)
    )
}

/// The role's word nearest to the end of a text, and where it ends.
fn last_named(text: &str) -> Option<(Role, usize)> {
    ROLES
        .iter()
        .filter_map(|(word, role)| {
            text.rfind(word)
                .map(|at| (*role, at + word.len(), word.len()))
        })
        .max_by_key(|(_, end, length)| (*end, *length))
        .map(|(role, end, _)| (role, end))
}

/// The role's word nearest to the beginning of a label: labels stand nearest first.
fn labelled(label: &str) -> Option<Role> {
    ROLES
        .iter()
        .filter_map(|(word, role)| Some((*role, label.find(word)?, word.len())))
        .min_by_key(|(_, start, length)| (*start, std::cmp::Reverse(*length)))
        .map(|(role, _, _)| role)
}

/// 事業費の上限額, 予算(上限): one noun.
fn attaches(between: &str) -> bool {
    matches!(
        between.trim(),
        "" | "の" | "額の" | "額" | "は" | "額は" | "は、" | "に係る" | "に関する" | ":"
    )
}

fn bound(value: Value, before: &str, after: &str, label: &str) -> Bound {
    if value == Value::Unlimited {
        return Bound::Max;
    }
    let mut ahead = Cursor::new(after, 0);
    // (税抜)以内, (間接経費を除く。)を上限.
    if let Some(rest) = after
        .trim_start()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .filter(|(inside, _)| {
            inside.contains('税') || !inside.contains(|char: char| char.is_ascii_digit())
        })
        .map(|(_, rest)| rest)
    {
        ahead = Cursor::new(rest, 0);
    }
    if let Some(bound) = bound_after(&mut ahead) {
        return bound;
    }
    // 「1者につき3,500万円」とあるのは、「1者につき5,000万円」とします.
    if before.contains("とあるのは、「") && for_one(before) {
        return Bound::Max;
    }
    let near = near(before);
    let last = |words: &[&str]| words.iter().filter_map(|word| near.rfind(word)).max();
    let highest = last(&["上限", "限度", "最大", "最高"]);
    let lowest = last(&["下限", "最低", "最小"]);
    match (highest, lowest) {
        (None, None) => {}
        (high, low) if high >= low => return Bound::Max,
        _ => return Bound::Min,
    }
    let in_label = |words: &[&str]| words.iter().any(|word| label.contains(word));
    match (
        in_label(&["上限", "限度", "最大", "の限り", "に限りは"]),
        in_label(&["下限", "最低"]),
    ) {
        (true, false) => return Bound::Max,
        (false, true) => return Bound::Min,
        _ => {}
    }
    let about = near.trim_end().ends_with('約')
        || near.trim_end().ends_with("概ね")
        || near.trim_end().ends_with("おおむね")
        || ahead.eat_any(&["程度", "前後", "ほど"]).is_some();
    if about { Bound::About } else { Bound::Plain }
}

/// Which end a sum marks by the words right after it; nothing if they do not say it.
fn bound_after(ahead: &mut Cursor<'_>) -> Option<Bound> {
    if ahead.eat("ではなく") {
        return Some(Bound::Plain);
    }
    if ahead.eat_any(&MAX_AFTER).is_some() {
        return Some(Bound::Max);
    }
    // その額が1,200万円を超える場合は1,200万円とし; any other case says what to do then.
    if ahead.eat_any(&ABOVE).is_some() {
        let said = ahead.rest().trim_start_matches(['は', '、']);
        return Some(if said.is_empty() {
            Bound::Max
        } else {
            Bound::Plain
        });
    }
    // 5万円に満たない申請は受け付けません sets the least that is granted.
    if ahead.eat_any(&["に満たない", "未満", "を下回る"]).is_some() {
        return Some(if REFUSES.iter().any(|word| ahead.rest().contains(word)) {
            Bound::Min
        } else {
            Bound::Max
        });
    }
    ahead.eat_any(&MIN_AFTER).map(|_| Bound::Min)
}

fn per(before: &str, after: &str) -> Option<Per> {
    const PER: [(&str, Per); 27] = [
        ("1件当たり", Per::Project),
        ("1件あたり", Per::Project),
        ("1件につき", Per::Project),
        ("1事業当たり", Per::Project),
        ("1事業あたり", Per::Project),
        ("1課題当たり", Per::Project),
        ("1課題あたり", Per::Project),
        ("1提案当たり", Per::Project),
        ("1団体当たり", Per::Body),
        ("1団体あたり", Per::Body),
        ("1団体につき", Per::Body),
        ("1者当たり", Per::Body),
        ("1者あたり", Per::Body),
        ("1社当たり", Per::Body),
        ("1社あたり", Per::Body),
        ("1自治体当たり", Per::Body),
        ("1人当たり", Per::Person),
        ("1人あたり", Per::Person),
        ("1名あたり", Per::Person),
        ("1年当たり", Per::Year),
        ("単年度", Per::Year),
        ("年額", Per::Year),
        ("月額", Per::Month),
        ("1月当たり", Per::Month),
        ("1か月当たり", Per::Month),
        ("1日当たり", Per::Day),
        ("1時間当たり", Per::Day),
    ];
    let near = near(before);
    if let Some((_, per)) = PER
        .iter()
        .filter(|(word, _)| near.contains(word) || before.ends_with(word))
        .max_by_key(|(word, _)| near.rfind(word))
    {
        return Some(*per);
    }
    [
        ("/件", Per::Project),
        ("/団体", Per::Body),
        ("/社", Per::Body),
        ("/人", Per::Person),
        ("/年", Per::Year),
        ("/月", Per::Month),
        ("/日", Per::Day),
    ]
    .into_iter()
    .find(|(word, _)| after.trim_start().starts_with(word))
    .map(|(_, per)| per)
}

fn tax(before: &str, after: &str) -> Option<Tax> {
    let says = |words: &[&str]| {
        words
            .iter()
            .any(|word| after.contains(word) || near(before).contains(word))
    };
    if says(&["税抜", "税別", "税を除く"]) {
        Some(Tax::Without)
    } else if says(&["税込", "税を含む", "税含む"]) {
        Some(Tax::With)
    } else {
        None
    }
}
