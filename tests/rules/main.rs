//! Properties of the rules: on the shipped data where they must hold for what visitors meet, on small
//! invented programs where an edge must be met exactly.

mod asks;
mod compact;
mod figures;
mod given;
mod interview;
mod invented;
mod outcome;
mod readiness;
mod status;
mod verdicts;
