//! What a compact file holds of each type, in order.
//!
//! What stands after `without` is read by maintainers alone and left out. A change here changes the
//! file: count `SCHEMA` up with it.

use super::record::{Compact, ids, record, variants, wrapper};
use super::stream::{Reader, Table, Writer};
use crate::condition::{Condition, Test};
use crate::content::{
    Advice, AdviceKind, As, Elsewhere, Lead, Name, Portal, Rules, Run, Standing, Story, Term,
};
use crate::dataset::Dataset;
use crate::date::{Day, Month, TimeOfDay};
use crate::evidence::{Evidence, Page, PageDate, Source, SourceClass, Via};
use crate::id::{
    ChoiceId, DimensionId, GroupId, ItemId, PageKey, ProfileId, ProgramId, QuestionId, SourceId,
};
use crate::number::{Fraction, Hundredths};
use crate::program::{
    Arrival, Ask, Call, Criterion, Desk, Ended, Figure, Hearsay, Is, Kind, Menu, Note, Per,
    Preparation, Program, Rate, Relation, RelationType, Role, Route, Stage, StatedIn, Value,
    Weight, Window,
};
use crate::question::{self, Bucket, Change, Choice, Course, Fits, Question, Use};
use crate::readiness::{Dimension, Item, Profile, Scale, Scales};
use crate::words::Words;

record! { Dataset {
    words, questions, readiness, sources, programs, names, stories, advice, portals,
    elsewhere, terms, run, rules, succeeded,
} }
wrapper! { Words, Day, TimeOfDay, Hundredths }
ids! { ChoiceId, DimensionId, GroupId, ItemId, PageKey, ProfileId, ProgramId, QuestionId, SourceId }
record! { Month { year, month } }
record! { Fraction { numerator, denominator } }

record! { Question {
    id, kind, party, refines, text, text_for, help, cost, change, course, uses, fits,
    stands_for, asked_if, max_choices, choices, decimals, min, max, unit, buckets,
} without { seed } }
record! { Choice { id, label, phrase, group, groups, exclusive, widens } without { seed } }
record! { Bucket { id, label, phrase, from, below } }
type QuestionKind = question::Kind;
variants! { QuestionKind: 4 { 0 Choice, 1 Multi, 2 YesNo, 3 Number } }
variants! { Change: 3 { 0 Fixed, 1 Slow, 2 Actionable } }
variants! { Course: 2 { 0 Quick, 1 Full } }
variants! { Use: 3 { 0 Eligibility, 1 Fit, 2 Desk } }
variants! { Fits: 4 { 0 Purposes, 1 Fields, 2 Scopes, 3 Stages } }
variants! { Condition: 4 { 0 All(parts), 1 Any(parts), 2 Not(part), 3 Question(question, test) } }
variants! { Test: 8 {
    0 Is(choices), 1 IsTrue(value), 2 HasAny(choices), 3 HasAll(choices), 4 AtLeast(limit),
    5 AtMost(limit), 6 Below(limit), 7 Above(limit),
} }

record! { Scales { scale, profiles, dimensions, items } }
record! { Scale { labels, hold_below_percent, gap } }
record! { Profile { id, groups } }
record! { Dimension { id, profile, label, next, evidence } }
record! { Item { id, profile, dimension, quick, text, levels } without { evidence } }

record! { Source { id, url, exact, title, publisher, class, page_date } without { layout, watch } }
variants! { SourceClass: 5 { 0 Official, 1 PublicBody, 2 Municipality, 3 ThirdParty, 4 Machine } }
record! { Page { source, page_date, via, copied, checked } without { reference } }
variants! { Via: 2 { 0 ArchivedCopy, 1 Live } }
record! { Evidence { page, covers, inference } without { at, quote } }

record! { Program {
    id, title, kana, aliases, publisher, co_publishers, kind, part_of, summary, purposes,
    fields, fields_only, scopes, stages, criteria_complete, asks, stale_after_days, ended,
    desk, pages, routes, criteria, menus, figures, calls, preparations, notes, relations,
} without { seed, suits } }
variants! { Kind: 11 {
    0 Package, 1 Grant, 2 Commission, 3 Expert, 4 Person, 5 Training, 6 Advice, 7 LgFinance, 8 Tax,
    9 Guide, 10 Award,
} }
record! { Ask { whom, text, groups } }
record! { Ended { last_fiscal_year } without { evidence } }
record! { Desk { department, tel, mail, hours, url, evidence } }
record! { Route { id, who, maybe, role, gets, text, evidence } without { since_fy } }
variants! { Role: 4 { 0 Applicant, 1 Partner, 2 Through, 3 User } }
record! { Criterion {
    text, when, route, menu, weight, on_unmet, evidence,
} without { id, since_fy } }
variants! { Weight: 2 { 0 Must, 1 Plus } }
record! { Menu { id, title, summary } }
record! { Figure {
    is, value, per, case, when, route, menu, fy, stated_in, factor, note, evidence,
} without { id } }
variants! { Is: 9 {
    0 Max, 1 Min, 2 Amount, 3 Rate, 4 CostFloor, 5 Fee, 6 Quota, 7 Scale, 8 Budget,
} }
variants! { Value: 5 {
    0 Unknown(hearsay), 1 Yen(least, most), 2 Count(number, unit), 3 Rate(least, most), 4 Unlimited,
} }
variants! { Rate: 4 { 0 Fraction(fraction), 1 FixedSum, 2 InFull, 3 Commission } }
record! { Hearsay { text, evidence } }
variants! { Per: 7 { 0 Project, 1 Application, 2 Body, 3 Group, 4 Person, 5 Year, 6 Month } }
variants! { StatedIn: 4 { 0 Guideline, 1 Release, 2 BudgetDraft, 3 Request } }
record! { Call {
    fiscal_year, round, stage, budget, menu, until_funds, window, evidence,
} without { id, result } }
variants! { Stage: 3 { 0 Application, 1 Consultation, 2 Intent } }
variants! { Window: 6 {
    0 None, 1 Dated { opens, opens_time, closes, closes_time, arrival, stopped },
    2 Months { from, to }, 3 Usual(months), 4 Always { stopped }, 5 NotFound(day),
} }
variants! { Arrival: 2 { 0 Arrived, 1 Postmarked } }
record! { Preparation { text, evidence } without { id, lead_days, documents } }
record! { Note { text, route, menu, evidence } without { id } }
record! { Relation { kind, program } without { text, evidence } }
variants! { RelationType: 4 { 0 Succeeds, 1 Requires, 2 Excludes, 3 See } }

record! { Name {
    id, name, kana, also, standing, explain, leads_to, searched, shown_with, groups,
    evidence,
} without { seed } }
variants! { Standing: 7 {
    0 Current, 1 Conditional, 2 Renamed, 3 Ended, 4 NotFound, 5 Misleading, 6 Elsewhere,
} }
record! { Lead { program, portal, how } }
variants! { As: 4 { 0 Successor, 1 Nearest, 2 Past, 3 Same } }
record! { Story { id, who, title, claim, evidence } without { seed } }
record! { Advice { id, kind, text, when, evidence } without { seed } }
variants! { AdviceKind: 3 { 0 FirstStep, 1 Caution, 2 Outlook } }
record! { Portal { id, name, url, explain, evidence } without { seed } }
record! { Elsewhere { id, name, url, search_for, note, groups, evidence } }
record! { Term { id, term, kana, also, text, evidence } }
record! { Run { generation, searched, pages_until, old_after_days, correction_url } }
record! { Rules {
    closing_soon_days, season_lead_days, announced_ahead_days, quick_limit,
    stale_after_days, stale_after_days_else,
} }

// A year, a month or a day, and two ways of saying less.
variants! { PageDate: 5 { 0 Undated, 1 Day(day), 2 Month(month), 3 Year(year), 4 FiscalYear(year) } }
