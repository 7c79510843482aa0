//! Why an address would be asked for, or would not: for `explain`, which asks for robots.txt only.

use super::client::Client;
use super::gate::origin;
use super::outcome::{Outcome, day_and_time};
use super::refusal::Refusal;
use super::robots::{CachedRobots, RobotsFile};
use serde::Serialize;
use std::fmt;
use std::time::Duration;
use url::Url;

/// Everything that decides whether an address is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The address.
    pub url: Url,
    /// Why it would not be asked for; nothing: it would.
    pub refusal: Option<Refusal>,
    /// The entry of the list of allowed hosts; nothing if there is none.
    pub allowed_by: Option<String>,
    /// What robots.txt says; nothing if it was not asked for or could not be had.
    pub robots: Option<CachedRobots>,
    /// The rule of it that decides; nothing if none does.
    pub rule: Option<String>,
    /// The pause before each request to this host.
    pub pause: Duration,
    /// Requests that this run may still make.
    pub requests_left: u64,
    /// Until when the server wants to be left alone, in Unix seconds.
    pub not_before: Option<i64>,
}

impl Client {
    /// Why an address would be asked for, or would not.
    pub async fn explain(&self, url: &Url) -> Explanation {
        let mut explanation = Explanation {
            url: url.clone(),
            refusal: None,
            allowed_by: None,
            robots: None,
            rule: None,
            pause: Duration::ZERO,
            requests_left: 0,
            not_before: None,
        };
        match self.settings.allow.admit(url) {
            Err(refusal) => explanation.refusal = Some(refusal),
            Ok(place) => {
                explanation.allowed_by = Some(origin(url));
                let host = self.host(url);
                explanation.refusal = match self.robots(url, place).await {
                    Ok(robots) => {
                        explanation.rule = robots.rule(url);
                        let refusal = robots.permits(url).err();
                        explanation.robots = Some(robots);
                        refusal.or_else(|| self.closed(&host))
                    }
                    Err(Outcome::Refused(refusal)) => Some(refusal),
                    Err(_) => None,
                };
                explanation.pause = self.pace_bounds(place, &host).least;
                explanation.not_before = host.state().memory.not_before;
            }
        }
        explanation.requests_left = self.settings.max_requests.saturating_sub(self.requests());
        explanation
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.url)?;
        match &self.refusal {
            None => writeln!(f, "取得します。")?,
            Some(refusal) => writeln!(f, "取得しません。{refusal}。")?,
        }
        match &self.allowed_by {
            Some(origin) => writeln!(f, "・許可リスト：{origin} があります")?,
            None => writeln!(f, "・許可リスト：ありません")?,
        }
        if let Some(robots) = &self.robots {
            let at = day_and_time(robots.fetched_at);
            let file = match &robots.file {
                RobotsFile::Absent => "ありません（制限なし）",
                RobotsFile::Closed => "見せてもらえません（取得しません）",
                RobotsFile::Rules {
                    looks_like_html: true,
                    ..
                } => "ページが置かれています（制限なしとして扱います）",
                RobotsFile::Rules { .. } => "あります",
            };
            writeln!(f, "・robots.txt：{file}　{at} に確認")?;
            match &self.rule {
                Some(rule) => writeln!(f, "・決め手の規則：{rule}")?,
                None => writeln!(f, "・決め手の規則：なし")?,
            }
        }
        if let Some(until) = self.not_before {
            writeln!(f, "・サーバーの求める待ち：{} まで", day_and_time(until))?;
        }
        writeln!(
            f,
            "・間隔：{}秒以上　・この実行で残る通信：{}回",
            self.pause.as_secs_f64(),
            self.requests_left
        )
    }
}
