//! `Retry-After`: how long a server wants to be left alone.

use std::time::{Duration, UNIX_EPOCH};

/// The wait, or nothing if the words are none or lie in the past. A date is measured against the
/// server's own `date`, if it gives one: its clock and ours may differ.
pub(super) fn wait(words: &str, date: Option<&str>, now: i64) -> Option<Duration> {
    let words = words.trim();
    if !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) {
        // Too many digits to count are a very long time.
        let seconds = words.parse().unwrap_or(u64::MAX);
        return (seconds > 0).then(|| Duration::from_secs(seconds));
    }
    let until = seconds(words)?;
    let from = date.and_then(seconds).unwrap_or(now);
    let wait = u64::try_from(until.checked_sub(from)?).ok()?;
    (wait > 0).then(|| Duration::from_secs(wait))
}

fn seconds(date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(date.trim()).ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_a_wait() {
        let now = 1_795_000_000; // 2026-11-18 11:06:40 UTC
        let at = "Wed, 18 Nov 2026 11:06:40 GMT";
        let check = |words: &str, date: Option<&str>, seconds: Option<u64>| {
            assert_eq!(
                wait(words, date, now),
                seconds.map(Duration::from_secs),
                "{words}"
            );
        };
        check("120", None, Some(120));
        check(" 120 ", None, Some(120));
        check("0", None, None);
        check("-5", None, None);
        check("", None, None);
        check("soon", None, None);
        check("1.5", None, None);
        check("315360000", None, Some(315_360_000));
        check("99999999999999999999999", None, Some(u64::MAX));
        check("Wed, 18 Nov 2026 11:08:40 GMT", None, Some(120));
        check("Wed, 18 Nov 2026 11:08:40 GMT", Some(at), Some(120));
        // The server's clock is an hour ahead of ours.
        check(
            "Wed, 18 Nov 2026 12:08:40 GMT",
            Some("Wed, 18 Nov 2026 12:06:40 GMT"),
            Some(120),
        );
        check("Wed, 18 Nov 2026 11:00:00 GMT", None, None);
        check("Wed, 18 Nov 1926 11:00:00 GMT", None, None);
    }
}
