//! Readiness: blanks, the 60 % limit, exact means, and the gap above the lowest dimension.

use crate::given::data;
use proptest::prelude::*;
use shared::answer::level_answer;
use shared::question::Course;
use shared::readiness::Readiness;
use shared::{Answer, Answers, readiness};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_better_answer_never_lowers_readiness(levels in prop::collection::vec(0..5_i64, 39), at in 0..39_usize) {
        for profile in &data().readiness.profiles {
            let items: Vec<_> = data().readiness.items_of(&profile.id, Course::Full).collect();
            let mut given = Answers::default();
            for (item, level) in items.iter().zip(&levels) {
                given.set(item.id.clone(), level_answer(*level));
            }
            let before = readiness(data(), &profile.id, Course::Full, &given);
            let item = items[at % items.len()];
            let level = levels[at % items.len()];
            given.set(item.id.clone(), level_answer((level + 1).min(4)));
            let after = readiness(data(), &profile.id, Course::Full, &given);
            prop_assert!(after.level >= before.level);
            for (a, b) in before.dimensions.iter().zip(&after.dimensions) {
                prop_assert!(b.level >= a.level);
            }
        }
    }
}

/// Readiness of a profile whose items get these levels in order; `None` is わからない.
fn measured(profile: &str, course: Course, levels: &[Option<i64>]) -> Readiness<'static> {
    let profile = data()
        .readiness
        .profiles
        .iter()
        .find(|known| known.id.as_str() == profile)
        .expect("the profile");
    let items: Vec<_> = data().readiness.items_of(&profile.id, course).collect();
    assert_eq!(items.len(), levels.len(), "levels for every item");
    let mut given = Answers::default();
    for (item, level) in items.iter().zip(levels) {
        given.set(item.id.clone(), level.map_or(Answer::Unknown, level_answer));
    }
    readiness(data(), &profile.id, course, &given)
}

#[test]
fn the_level_is_at_most_one_above_the_lowest_dimension() {
    let firm = |levels: [i64; 6]| measured("firm", Course::Quick, &levels.map(Some)).level;
    assert_eq!(firm([4, 4, 4, 4, 4, 0]), Some(1));
    assert_eq!(firm([4, 4, 4, 4, 4, 2]), Some(3));
    assert_eq!(firm([4, 4, 4, 4, 4, 3]), Some(4));
    assert_eq!(firm([1, 1, 1, 1, 1, 0]), Some(1));
}

#[test]
fn one_that_is_not_known_holds_back_its_dimension_and_nothing_else() {
    let most = [Some(2), Some(2), Some(2), Some(2), None, None];
    let measure = measured("firm", Course::Quick, &most);
    assert_eq!((measure.answered, measure.asked), (4, 6));
    assert_eq!(
        measure.level,
        Some(2),
        "4 of 6 are enough, and blanks are not 0"
    );
    let levels: Vec<_> = measure.dimensions.iter().map(|score| score.level).collect();
    assert_eq!(levels, [Some(2), Some(2), Some(2), Some(2), None, None]);
}

#[test]
fn under_sixty_percent_the_level_is_held_back() {
    let half = [Some(2), Some(2), Some(2), None, None, None];
    let measure = measured("firm", Course::Quick, &half);
    assert_eq!(measure.level, None);
    assert_eq!(
        measure.dimensions[0].level,
        Some(2),
        "what was answered still shows"
    );
    let lg = |answered: usize| {
        let mut levels = [None; 7];
        levels[..answered].fill(Some(3));
        measured("lg", Course::Quick, &levels).level
    };
    assert_eq!(lg(4), None);
    assert_eq!(lg(5), Some(3));
    assert_eq!(lg(0), None);
    // Exactly sixty of a hundred are enough.
    let mut dataset = data().clone();
    dataset.readiness.scale.hold_below_percent = 50;
    let profile = dataset.readiness.profiles[0].id.clone();
    let mut given = Answers::default();
    for item in dataset.readiness.items_of(&profile, Course::Quick).take(3) {
        given.set(item.id.clone(), level_answer(1));
    }
    assert_eq!(
        readiness(&dataset, &profile, Course::Quick, &given).level,
        Some(1)
    );
}

#[test]
fn the_overall_mean_is_that_of_exact_dimension_means() {
    // Three dimensions at 5/3 (level 2), three at 1: the mean is 4/3, not the 3/2 of the levels.
    let mut levels = Vec::new();
    for dimension in &data().readiness.dimensions {
        if dimension.profile.as_str() != "firm" {
            continue;
        }
        let high = levels.len() < 9;
        levels.extend(if high { [2, 2, 1] } else { [1, 1, 1] }.map(Some));
    }
    let measure = measured("firm", Course::Full, &levels);
    let each: Vec<_> = measure.dimensions.iter().map(|score| score.level).collect();
    assert_eq!(each, [2, 2, 2, 1, 1, 1].map(Some));
    assert_eq!(measure.level, Some(1));
}
