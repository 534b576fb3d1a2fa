//! Annual reports of several companies and years that share almost all of their words: what a search for one page of
//! one of them has to tell apart.

use serde_json::{Value, json};
use testkit::documents::pdf;

const COMPANIES: [(&str, &str); 4] = [
    ("Northquay Ferries", "NORTHQUAY"),
    ("Alder Mills", "ALDER_MILLS"),
    ("Best Boat", "BESTBOAT"),
    ("Saltmarsh & Grey", "SALTMARSH_GREY"),
];
const YEARS: [u32; 3] = [2017, 2018, 2019];

/// What is asked about every report, and the page that answers.
const QUESTIONS: [(&str, u32); 5] = [
    ("What was the capital expenditure of {company} in FY{year}, from its cash flow statement?", 4),
    ("What were the inventories on {company}'s balance sheet at the end of {year}?", 3),
    ("How many people did {company} employ in {year}?", 2),
    ("What was the net revenue of {company} for {year} in its statement of income?", 5),
    ("Who audited the accounts of {company} for FY{year}?", 6),
];

/// File names and bytes.
pub fn files() -> Vec<(String, Vec<u8>)> {
    each(|company, file, year| vec![(format!("{file}_{year}_annual.pdf"), report(company, year))])
}

/// As lines of a questions.jsonl.
pub fn questions() -> Vec<Value> {
    each(|company, file, year| {
        let question = |(question, page): &(&str, u32)| {
            json!({
                "id": format!("{file}-{year}-{page}"),
                "question": question.replace("{company}", company).replace("{year}", &year.to_string()),
                "document": format!("{file}_{year}_annual.pdf"),
                "pages": [page],
            })
        };
        QUESTIONS.iter().map(question).collect()
    })
}

fn each<T>(of: impl Fn(&str, &str, u32) -> Vec<T>) -> Vec<T> {
    let pairs = COMPANIES.iter().flat_map(|company| YEARS.map(|year| (company, year)));
    pairs.flat_map(|((company, file), year)| of(company, file, year)).collect()
}

fn report(company: &str, year: u32) -> Vec<u8> {
    let seed = year * 7 + company.len() as u32 * 131;
    let amount = |n: u32| (seed * (n + 3) * 37 % 8_999 + 1_000).to_string();
    let row = |name: &str, n: u32| format!("{name}    {}    {}", amount(n), amount(n + 50));
    let pages: Vec<Vec<String>> = vec![
        vec![
            format!("{company} plc"),
            "Annual report and accounts".to_owned(),
            format!("For the fiscal year ended 31 December {year}"),
        ],
        vec![
            "Letter to the shareholders".to_owned(),
            format!("In {year} revenue, cash flow and capital expenditure were as the board expected."),
            "The balance sheet is sound, inventories are low and the statement of income shows a profit."
                .to_owned(),
            format!("We employed {} people on average, a few more than in the year before.", amount(1)),
        ],
        vec![
            "Consolidated balance sheet".to_owned(),
            format!("At 31 December {year}, in thousands"),
            row("Cash and cash equivalents", 2),
            row("Inventories", 3),
            row("Property, plant and equipment", 4),
            row("Total assets", 5),
        ],
        vec![
            "Consolidated statement of cash flows".to_owned(),
            format!("Year ended 31 December {year}, in thousands"),
            row("Cash from operating activities", 6),
            row("Purchases of property, plant and equipment (capital expenditure)", 7),
            row("Dividends paid", 8),
        ],
        vec![
            "Consolidated statement of income".to_owned(),
            format!("Year ended 31 December {year}, in thousands"),
            row("Net revenue", 9),
            row("Cost of sales", 10),
            row("Net income", 11),
        ],
        vec![
            "Report of the independent auditor".to_owned(),
            format!("We have audited the accounts of {company} plc for the year {year}."),
            "The balance sheet and the statements of income and cash flows give a true and fair view."
                .to_owned(),
            format!("Harrow & Lunt, number {}", amount(12)),
        ],
    ];
    let lines: Vec<Vec<&str>> = pages.iter().map(|page| page.iter().map(String::as_str).collect()).collect();
    pdf(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>())
}
