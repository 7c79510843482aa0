//! Readiness for AI: six dimensions for firms and bodies, seven for municipalities.
//!
//! Each item has five anchored answers, level 0 to 4. Unknown is blank, never 0: a dimension has the
//! rounded mean of its answered items, and none where nothing was answered. Overall is the rounded
//! mean of the exact means of the answered dimensions, at most the lowest dimension plus `gap`; where
//! fewer than `hold_below_percent` of all items of the course were answered, it is held back
//! (判定保留). Every number of the scale lives in `readiness.toml`; it is our own yardstick, not an
//! official mark.

use crate::answer::{Answer, Answers};
use crate::dataset::Dataset;
use crate::evidence::{Evidence, evidence_list};
use crate::id::{DimensionId, GroupId, ProfileId, QuestionId};
use crate::question::Course;
use serde::{Deserialize, Serialize};

/// The whole of `readiness.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Scales {
    /// Numbers and names that hold for all.
    pub scale: Scale,
    /// Who is measured with which items.
    #[serde(rename = "profile")]
    pub profiles: Vec<Profile>,
    /// What is measured.
    #[serde(rename = "dimension")]
    pub dimensions: Vec<Dimension>,
    /// By which questions.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// Numbers and names that hold for all dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Scale {
    /// Short names of the levels 0 to 4.
    pub labels: [String; 5],
    /// 判定保留 under this share of answered items, in percent.
    pub hold_below_percent: u8,
    /// The overall level is at most the lowest dimension plus this.
    pub gap: u8,
}

/// Respondents who share one set of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Profile {
    /// Unique in the file.
    pub id: ProfileId,
    /// Groups of the party question.
    pub groups: Vec<GroupId>,
}

/// One side of readiness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Dimension {
    /// Unique in the file.
    pub id: DimensionId,
    /// Of which profile.
    pub profile: ProfileId,
    /// Its name.
    pub label: String,
    /// The next step from level 0 to 4.
    pub next: [String; 5],
    /// The public instruments it comes from.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// One observable fact, asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Item {
    /// Unique in the file, and no question's id.
    pub id: QuestionId,
    /// Of which profile.
    pub profile: ProfileId,
    /// Of which dimension.
    pub dimension: DimensionId,
    /// True of the one item per dimension that the quick course asks.
    #[serde(default)]
    pub quick: bool,
    /// The question, at most 40 characters.
    pub text: String,
    /// What is observed at level 0 to 4.
    pub levels: [String; 5],
    /// Where the scale comes from.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

impl Scales {
    /// The profile with this id.
    pub fn profile(&self, id: &ProfileId) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == *id)
    }

    /// The profile of a group.
    pub fn profile_of(&self, group: &GroupId) -> Option<&Profile> {
        self.profiles
            .iter()
            .find(|profile| profile.groups.contains(group))
    }

    /// The item with this id.
    pub fn item(&self, id: &QuestionId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The items a profile is asked in a course, in order.
    pub fn items_of<'a>(
        &'a self,
        profile: &'a ProfileId,
        course: Course,
    ) -> impl Iterator<Item = &'a Item> {
        self.items
            .iter()
            .filter(move |item| item.profile == *profile && (item.quick || course == Course::Full))
    }
}

/// A level from 0 to 4.
pub type Level = u8;

/// One dimension as measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionScore<'a> {
    /// Which.
    pub dimension: &'a Dimension,
    /// Items answered with a level.
    pub answered: usize,
    /// Items that this course asks.
    pub asked: usize,
    /// Nothing if none was answered.
    pub level: Option<Level>,
    /// The sum of the answered levels; with `answered` the exact mean, for the radar.
    pub sum: u32,
}

/// Readiness as measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness<'a> {
    /// Every dimension of the profile, in order.
    pub dimensions: Vec<DimensionScore<'a>>,
    /// Items answered with a level.
    pub answered: usize,
    /// Items that this course asks.
    pub asked: usize,
    /// Nothing if too few were answered (判定保留).
    pub level: Option<Level>,
}

/// Measures readiness from the items of a course.
pub fn readiness<'a>(
    dataset: &'a Dataset,
    profile: &ProfileId,
    course: Course,
    answers: &Answers,
) -> Readiness<'a> {
    let scales = &dataset.readiness;
    let dimensions: Vec<DimensionScore> = scales
        .dimensions
        .iter()
        .filter(|dimension| dimension.profile == *profile)
        .map(|dimension| {
            let levels: Vec<Option<u32>> = scales
                .items_of(profile, course)
                .filter(|item| item.dimension == dimension.id)
                .map(|item| level_of(answers.get(&item.id)))
                .collect();
            let answered = levels.iter().flatten().count();
            let sum: u32 = levels.iter().flatten().sum();
            DimensionScore {
                dimension,
                answered,
                asked: levels.len(),
                level: (answered > 0).then(|| rounded(u64::from(sum), count(answered))),
                sum,
            }
        })
        .collect();
    let (mut answered, mut asked) = (0, 0);
    for score in &dimensions {
        answered += score.answered;
        asked += score.asked;
    }
    let enough = answered * 100 >= asked * usize::from(scales.scale.hold_below_percent);
    let level = if enough {
        overall(&dimensions, scales.scale.gap)
    } else {
        None
    };
    Readiness {
        dimensions,
        answered,
        asked,
        level,
    }
}

/// The level of the mean of the answered dimensions, at most `gap` above the lowest of them.
fn overall(dimensions: &[DimensionScore], gap: Level) -> Option<Level> {
    let mut lowest: Option<Level> = None;
    // The sum of the exact means, as a fraction: a few dozen items keep it far from the bounds.
    let (mut over, mut under) = (0_u64, 1_u64);
    let mut measured = 0;
    for score in dimensions {
        let Some(level) = score.level else {
            continue;
        };
        let answered = count(score.answered);
        over = over * answered + u64::from(score.sum) * under;
        under *= answered;
        measured += 1;
        lowest = Some(lowest.map_or(level, |lowest| lowest.min(level)));
    }
    Some(rounded(over, under * measured).min(lowest? + gap))
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// The level an answer states, if it states one.
pub fn level_of(answer: Option<&Answer>) -> Option<u32> {
    match answer {
        Some(Answer::Number { min, max }) if min == max => u32::try_from(min.0 / 100).ok(),
        _ => None,
    }
}

/// The mean, rounded half up: floor(m + 0.5).
fn rounded(sum: u64, count: u64) -> Level {
    let count = count.max(1);
    Level::try_from((2 * sum + count) / (2 * count)).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_rounded_half_up() {
        assert_eq!(rounded(1, 2), 1);
        assert_eq!(rounded(3, 2), 2);
        assert_eq!(rounded(1, 3), 0);
        assert_eq!(rounded(0, 3), 0);
        assert_eq!(rounded(12, 3), 4);
    }
}
