//! Names for the places where a run can die.
//!
//! The pipeline says each of them aloud as it passes. In earnest nobody listens; a test that listens
//! kills the run there and looks whether anything was lost or half-done.

/// A place in a run, in the order in which it is first passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named after what has just been done")]
pub enum Point {
    RunBegun,
    StartsQueued,
    LineTaken,
    Answered,
    Judged,
    PageRead,
    LinksSorted,
    BodyPacked,
    BodySynced,
    BodyNamed,
    StepBegun,
    BlobNoted,
    SnapshotNoted,
    ReadingNoted,
    PageNoted,
    FrontierGrown,
    HostRemembered,
    AlarmsNoted,
    LineDone,
    Committed,
    AllRead,
    Proposed,
    ResultsWritten,
    FactsNamed,
    ProposalsNamed,
    FreshnessNamed,
    ReportNamed,
    RunEnded,
}

impl Point {
    /// Every place.
    pub const ALL: [Point; 28] = [
        Point::RunBegun,
        Point::StartsQueued,
        Point::LineTaken,
        Point::Answered,
        Point::Judged,
        Point::PageRead,
        Point::LinksSorted,
        Point::BodyPacked,
        Point::BodySynced,
        Point::BodyNamed,
        Point::StepBegun,
        Point::BlobNoted,
        Point::SnapshotNoted,
        Point::ReadingNoted,
        Point::PageNoted,
        Point::FrontierGrown,
        Point::HostRemembered,
        Point::AlarmsNoted,
        Point::LineDone,
        Point::Committed,
        Point::AllRead,
        Point::Proposed,
        Point::ResultsWritten,
        Point::FactsNamed,
        Point::ProposalsNamed,
        Point::FreshnessNamed,
        Point::ReportNamed,
        Point::RunEnded,
    ];
}

/// Who listens.
pub type Hook<'a> = &'a (dyn Fn(Point) + Sync);

/// Nobody listens.
pub fn nobody(_: Point) {}
