CREATE TABLE control_total (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    as_of DATE NOT NULL,
    category VARCHAR NOT NULL,
    households INTEGER,
    persons INTEGER,
    CONSTRAINT uq_control_total_as_of_category UNIQUE (as_of, category)
);
CREATE TABLE county (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    region VARCHAR NOT NULL,
    region_basis VARCHAR NOT NULL,
    confirmed BOOLEAN NOT NULL,
    mode VARCHAR,
    contact VARCHAR,
    phone VARCHAR,
    leader VARCHAR,
    deputy VARCHAR,
    section_head VARCHAR,
    reviewer VARCHAR,
    preparer VARCHAR,
    demo BOOLEAN NOT NULL,
    CONSTRAINT ck_county_one CHECK (id = 1)
);
CREATE TABLE diary (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    act INTEGER NOT NULL,
    op VARCHAR NOT NULL,
    at VARCHAR,
    who VARCHAR,
    name VARCHAR,
    reason VARCHAR,
    barrier BOOLEAN,
    takes_back INTEGER,
    tbl VARCHAR,
    "key" VARCHAR,
    "before" VARCHAR,
    "after" VARCHAR,
    digest BLOB NOT NULL
);
CREATE INDEX ix_diary_act ON diary (act);
CREATE INDEX ix_diary_tbl_key ON diary (tbl, "key");
CREATE TABLE dibao_spend (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    caliber VARCHAR NOT NULL,
    amount INTEGER NOT NULL,
    CONSTRAINT uq_dibao_spend_year_level_area_kind_caliber UNIQUE (year, level, area, kind, caliber)
);
CREATE TABLE employer_rate (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    since DATE NOT NULL,
    item VARCHAR NOT NULL,
    rate INTEGER NOT NULL,
    base_low INTEGER,
    base_high INTEGER,
    document VARCHAR,
    CONSTRAINT uq_employer_rate_since_item UNIQUE (since, item),
    CONSTRAINT ck_employer_rate_rate CHECK (rate BETWEEN 0 AND 10000)
);
CREATE TABLE fund_doc (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    doc_no VARCHAR,
    title VARCHAR,
    dated DATE
);
CREATE TABLE import_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    act INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    wrong INTEGER NOT NULL
);
CREATE TABLE import_mapping (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    CONSTRAINT uq_import_mapping_kind_fingerprint UNIQUE (kind, fingerprint)
);
CREATE TABLE minimum_wage (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    since DATE NOT NULL,
    area VARCHAR NOT NULL,
    monthly INTEGER NOT NULL,
    CONSTRAINT uq_minimum_wage_since_area UNIQUE (since, area)
);
CREATE TABLE pay_confirmation (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    confirmed_by VARCHAR NOT NULL,
    confirmed_on DATE NOT NULL,
    CONSTRAINT pk_pay_confirmation PRIMARY KEY (year, month),
    CONSTRAINT ck_pay_confirmation_month CHECK (month BETWEEN 1 AND 12)
);
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    id_no VARCHAR,
    sex VARCHAR,
    birth DATE,
    phone VARCHAR,
    education VARCHAR,
    major VARCHAR,
    certificate VARCHAR,
    CONSTRAINT uq_person_id_no UNIQUE (id_no)
);
CREATE TABLE retirement_age (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    born_from INTEGER NOT NULL,
    category VARCHAR NOT NULL,
    years INTEGER NOT NULL,
    months INTEGER NOT NULL,
    CONSTRAINT uq_retirement_age_born_from_category UNIQUE (born_from, category)
);
CREATE TABLE rule_set (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    document VARCHAR,
    since DATE NOT NULL,
    until DATE
);
CREATE TABLE supplier (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    credit_code VARCHAR,
    body VARCHAR,
    licence_no VARCHAR,
    licence_from DATE,
    licence_to DATE,
    user_founded BOOLEAN NOT NULL,
    contact VARCHAR,
    phone VARCHAR,
    CONSTRAINT uq_supplier_name UNIQUE (name),
    CONSTRAINT uq_supplier_credit_code UNIQUE (credit_code)
);
CREATE TABLE unit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR,
    sort_no INTEGER NOT NULL,
    opened DATE,
    closed DATE,
    CONSTRAINT ck_unit_life CHECK (closed IS NULL OR opened IS NULL OR closed >= opened)
);
CREATE TABLE appraisal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL,
    year INTEGER NOT NULL,
    grade VARCHAR NOT NULL,
    score INTEGER,
    reason VARCHAR,
    CONSTRAINT uq_appraisal_person_year UNIQUE (person, year),
    CONSTRAINT fk_appraisal_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE TABLE approved_headcount (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    since DATE NOT NULL,
    heads INTEGER NOT NULL,
    document VARCHAR,
    CONSTRAINT uq_approved_headcount_unit_since UNIQUE (unit, since),
    CONSTRAINT fk_approved_headcount_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE caseload (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    as_of DATE NOT NULL,
    category VARCHAR NOT NULL,
    households INTEGER,
    persons INTEGER,
    source VARCHAR,
    CONSTRAINT uq_caseload_unit_as_of_category UNIQUE (unit, as_of, category),
    CONSTRAINT fk_caseload_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE engagement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL,
    start DATE NOT NULL,
    "end" DATE,
    end_reason VARCHAR,
    full_time BOOLEAN,
    probation_end DATE,
    service_since DATE,
    severance INTEGER,
    CONSTRAINT ck_engagement_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT fk_engagement_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE INDEX ix_engagement_person ON engagement (person);
CREATE TABLE fund_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    unit INTEGER,
    budget INTEGER,
    received INTEGER,
    received_on DATE,
    spent INTEGER,
    carried INTEGER,
    CONSTRAINT fk_fund_line_document FOREIGN KEY(document) REFERENCES fund_doc (id),
    CONSTRAINT fk_fund_line_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE INDEX ix_fund_line_document ON fund_line (document);
CREATE TABLE purchase_contract (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    no VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    procured_as VARCHAR NOT NULL,
    buyer INTEGER,
    buyer_level VARCHAR NOT NULL,
    buyer_class VARCHAR NOT NULL,
    supplier INTEGER,
    method VARCHAR,
    project_no VARCHAR,
    awarded DATE,
    award_noticed DATE,
    contract_noticed DATE,
    accepted DATE,
    signed DATE,
    start DATE NOT NULL,
    "end" DATE NOT NULL,
    amount INTEGER,
    headcount INTEGER,
    wage INTEGER,
    fee INTEGER,
    pay_clause VARCHAR,
    work_class VARCHAR NOT NULL,
    filed DATE,
    budget_doc VARCHAR,
    predecessor INTEGER,
    CONSTRAINT ck_purchase_contract_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT uq_purchase_contract_no UNIQUE (no),
    CONSTRAINT fk_purchase_contract_buyer FOREIGN KEY(buyer) REFERENCES unit (id),
    CONSTRAINT fk_purchase_contract_supplier FOREIGN KEY(supplier) REFERENCES supplier (id),
    CONSTRAINT fk_purchase_contract_predecessor FOREIGN KEY(predecessor) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_purchase_contract_supplier ON purchase_contract (supplier);
CREATE TABLE rule_value (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule_set INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT uq_rule_value_rule_set_key UNIQUE (rule_set, "key"),
    CONSTRAINT fk_rule_value_rule_set FOREIGN KEY(rule_set) REFERENCES rule_set (id)
);
CREATE TABLE unit_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    since DATE NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    parent INTEGER,
    exempt BOOLEAN NOT NULL,
    exempt_reason VARCHAR,
    successor INTEGER,
    CONSTRAINT uq_unit_version_unit_since UNIQUE (unit, since),
    CONSTRAINT fk_unit_version_unit FOREIGN KEY(unit) REFERENCES unit (id),
    CONSTRAINT fk_unit_version_parent FOREIGN KEY(parent) REFERENCES unit (id),
    CONSTRAINT fk_unit_version_successor FOREIGN KEY(successor) REFERENCES unit (id)
);
CREATE TABLE absence (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    start DATE NOT NULL,
    "end" DATE,
    paid BOOLEAN NOT NULL,
    CONSTRAINT ck_absence_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT fk_absence_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
);
CREATE INDEX ix_absence_engagement ON absence (engagement);
CREATE TABLE assignment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    start DATE NOT NULL,
    "end" DATE,
    share INTEGER NOT NULL,
    post VARCHAR,
    work_class VARCHAR NOT NULL,
    pooled BOOLEAN NOT NULL,
    CONSTRAINT ck_assignment_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT ck_assignment_share CHECK (share BETWEEN 1 AND 10000),
    CONSTRAINT fk_assignment_engagement FOREIGN KEY(engagement) REFERENCES engagement (id),
    CONSTRAINT fk_assignment_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE INDEX ix_assignment_engagement ON assignment (engagement);
CREATE TABLE contract_amendment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    signed DATE NOT NULL,
    amount INTEGER,
    "end" DATE,
    subject VARCHAR,
    CONSTRAINT fk_contract_amendment_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_contract_amendment_contract ON contract_amendment (contract);
CREATE TABLE contract_payment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    paid_on DATE NOT NULL,
    wages INTEGER,
    employer INTEGER,
    fee INTEGER,
    other INTEGER,
    source VARCHAR NOT NULL,
    first_month INTEGER,
    last_month INTEGER,
    voucher VARCHAR,
    amount INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(wages, 0) + coalesce(employer, 0) + coalesce(fee, 0) + coalesce(other, 0)) VIRTUAL,
    CONSTRAINT fk_contract_payment_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_contract_payment_contract ON contract_payment (contract);
CREATE TABLE contract_scope (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    scope VARCHAR NOT NULL,
    share INTEGER NOT NULL,
    CONSTRAINT uq_contract_scope_contract_scope UNIQUE (contract, scope),
    CONSTRAINT ck_contract_scope_share CHECK (share BETWEEN 0 AND 10000),
    CONSTRAINT fk_contract_scope_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE TABLE contract_source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    share INTEGER NOT NULL,
    CONSTRAINT uq_contract_source_contract_source UNIQUE (contract, source),
    CONSTRAINT ck_contract_source_share CHECK (share BETWEEN 0 AND 10000),
    CONSTRAINT fk_contract_source_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE TABLE contract_tick (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    tick VARCHAR NOT NULL,
    CONSTRAINT uq_contract_tick_contract_tick UNIQUE (contract, tick),
    CONSTRAINT fk_contract_tick_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE TABLE contract_unit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    CONSTRAINT uq_contract_unit_contract_unit UNIQUE (contract, unit),
    CONSTRAINT fk_contract_unit_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id),
    CONSTRAINT fk_contract_unit_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE engagement_term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    since DATE NOT NULL,
    type VARCHAR,
    duty VARCHAR NOT NULL,
    duty_share INTEGER NOT NULL,
    employer VARCHAR,
    purchase_contract INTEGER,
    CONSTRAINT uq_engagement_term_engagement_since UNIQUE (engagement, since),
    CONSTRAINT ck_engagement_term_share CHECK (duty_share BETWEEN 0 AND 10000),
    CONSTRAINT fk_engagement_term_engagement FOREIGN KEY(engagement) REFERENCES engagement (id),
    CONSTRAINT fk_engagement_term_purchase_contract FOREIGN KEY(purchase_contract) REFERENCES purchase_contract (id)
);
CREATE TABLE labour_contract (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    signed DATE,
    start DATE NOT NULL,
    "end" DATE,
    probation_end DATE,
    probation_wage INTEGER,
    wage INTEGER,
    names_unit BOOLEAN,
    names_term BOOLEAN,
    names_post BOOLEAN,
    amended_on DATE,
    pay_day INTEGER,
    insured_on DATE,
    certificate_on DATE,
    CONSTRAINT ck_labour_contract_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT uq_labour_contract_engagement_seq UNIQUE (engagement, seq),
    CONSTRAINT ck_labour_contract_pay_day CHECK (pay_day BETWEEN 1 AND 31),
    CONSTRAINT fk_labour_contract_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
);
CREATE INDEX ix_labour_contract_engagement ON labour_contract (engagement);
CREATE TABLE pay_month (
    year INTEGER NOT NULL,
    engagement INTEGER NOT NULL,
    month INTEGER NOT NULL,
    base INTEGER,
    post INTEGER,
    performance INTEGER,
    allowance INTEGER,
    bonus INTEGER,
    overtime INTEGER,
    unsplit INTEGER,
    deduction INTEGER,
    pension INTEGER,
    medical INTEGER,
    unemployment INTEGER,
    insurance_other INTEGER,
    fund INTEGER,
    tax INTEGER,
    other INTEGER,
    employer_insurance INTEGER,
    employer_fund INTEGER,
    fee INTEGER,
    vat INTEGER,
    paid_on DATE,
    reason VARCHAR,
    gross INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) END) VIRTUAL,
    net INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) - (coalesce(pension, 0) + coalesce(medical, 0) + coalesce(unemployment, 0) + coalesce(insurance_other, 0) + coalesce(fund, 0) + coalesce(tax, 0) + coalesce(other, 0)) END) VIRTUAL,
    cost INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) + coalesce(employer_insurance, 0) + coalesce(employer_fund, 0) + coalesce(fee, 0) + coalesce(vat, 0) END) VIRTUAL,
    CONSTRAINT pk_pay_month PRIMARY KEY (year, engagement, month),
    CONSTRAINT ck_pay_month_month CHECK (month BETWEEN 1 AND 12),
    CONSTRAINT fk_pay_month_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_pay_month_engagement ON pay_month (engagement);
CREATE TABLE pay_standard (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    since DATE NOT NULL,
    monthly_fixed INTEGER,
    performance INTEGER,
    year_end INTEGER,
    annual INTEGER,
    CONSTRAINT uq_pay_standard_engagement_since UNIQUE (engagement, since),
    CONSTRAINT fk_pay_standard_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
);
CREATE TABLE provider_pay (
    year INTEGER NOT NULL,
    engagement INTEGER NOT NULL,
    month INTEGER NOT NULL,
    base INTEGER,
    post INTEGER,
    performance INTEGER,
    allowance INTEGER,
    bonus INTEGER,
    overtime INTEGER,
    unsplit INTEGER,
    deduction INTEGER,
    pension INTEGER,
    medical INTEGER,
    unemployment INTEGER,
    insurance_other INTEGER,
    fund INTEGER,
    tax INTEGER,
    other INTEGER,
    employer_insurance INTEGER,
    employer_fund INTEGER,
    fee INTEGER,
    vat INTEGER,
    paid_on DATE,
    source VARCHAR,
    kept BOOLEAN NOT NULL,
    gross INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) END) VIRTUAL,
    net INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) - (coalesce(pension, 0) + coalesce(medical, 0) + coalesce(unemployment, 0) + coalesce(insurance_other, 0) + coalesce(fund, 0) + coalesce(tax, 0) + coalesce(other, 0)) END) VIRTUAL,
    cost INTEGER GENERATED ALWAYS AS (CASE WHEN coalesce(base, post, performance, allowance, bonus, overtime, unsplit) IS NULL THEN NULL ELSE coalesce(base, 0) + coalesce(post, 0) + coalesce(performance, 0) + coalesce(allowance, 0) + coalesce(bonus, 0) + coalesce(overtime, 0) + coalesce(unsplit, 0) - coalesce(deduction, 0) + coalesce(employer_insurance, 0) + coalesce(employer_fund, 0) + coalesce(fee, 0) + coalesce(vat, 0) END) VIRTUAL,
    CONSTRAINT pk_provider_pay PRIMARY KEY (year, engagement, month),
    CONSTRAINT ck_provider_pay_month CHECK (month BETWEEN 1 AND 12),
    CONSTRAINT fk_provider_pay_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_provider_pay_engagement ON provider_pay (engagement);
