#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| crawler_fuzz::decode(bytes));
