CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    password VARCHAR NOT NULL,
    failures INTEGER NOT NULL,
    waiting_until VARCHAR,
    closed BOOLEAN NOT NULL,
    CONSTRAINT uq_account_name UNIQUE (name),
    CONSTRAINT ck_account_failures CHECK (failures >= 0)
);
CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner VARCHAR NOT NULL,
    record INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER,
    added_on DATE NOT NULL,
    note VARCHAR,
    CONSTRAINT uq_attachment_owner_record_sha256 UNIQUE (owner, record, sha256),
    CONSTRAINT ck_attachment_size CHECK (size > 0)
);
CREATE INDEX ix_attachment_sha256 ON attachment (sha256);
CREATE TABLE city_county (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    region VARCHAR NOT NULL,
    sort_no INTEGER NOT NULL,
    closed DATE,
    contact VARCHAR,
    phone VARCHAR,
    CONSTRAINT uq_city_county_code UNIQUE (code)
);
CREATE TABLE contact (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    organ VARCHAR,
    duty VARCHAR,
    phone VARCHAR,
    remark VARCHAR
);
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
CREATE INDEX ix_diary_acts ON diary (seq) WHERE op = 'act';
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
CREATE TABLE estimate_copy (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    as_of DATE NOT NULL,
    made_on DATE NOT NULL,
    total INTEGER NOT NULL,
    given INTEGER NOT NULL,
    result VARCHAR NOT NULL,
    letter_no VARCHAR,
    letter_on DATE,
    reply_no VARCHAR,
    reply_on DATE,
    agreed INTEGER,
    reply VARCHAR
);
CREATE TABLE fund_doc (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    level VARCHAR NOT NULL,
    doc_no VARCHAR,
    title VARCHAR,
    dated DATE
);
CREATE TABLE handover (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "on" DATE NOT NULL,
    giver VARCHAR NOT NULL,
    receiver VARCHAR NOT NULL,
    witness VARCHAR
);
CREATE TABLE holiday (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    day DATE NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR,
    CONSTRAINT uq_holiday_day UNIQUE (day)
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
CREATE TABLE incoming_doc (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    doc_no VARCHAR,
    organ VARCHAR,
    title VARCHAR NOT NULL,
    received DATE NOT NULL,
    asks VARCHAR,
    handler VARCHAR,
    due DATE,
    done DATE,
    reply_no VARCHAR,
    forms VARCHAR
);
CREATE TABLE inspection (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    organ VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    held DATE NOT NULL,
    score INTEGER,
    rank VARCHAR,
    finding VARCHAR
);
CREATE TABLE meeting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    held DATE NOT NULL,
    chair VARCHAR,
    departments VARCHAR,
    topics VARCHAR,
    minutes_no VARCHAR,
    reported DATE
);
CREATE TABLE minimum_wage (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    since DATE NOT NULL,
    area VARCHAR NOT NULL,
    monthly INTEGER NOT NULL,
    CONSTRAINT uq_minimum_wage_since_area UNIQUE (since, area)
);
CREATE TABLE own_form (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    map VARCHAR NOT NULL,
    changed_on DATE NOT NULL,
    CONSTRAINT uq_own_form_name UNIQUE (name)
);
CREATE TABLE own_formula (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    words VARCHAR,
    since DATE NOT NULL,
    until DATE
);
CREATE TABLE pay_confirmation (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    confirmed_by VARCHAR NOT NULL,
    confirmed_on DATE NOT NULL,
    CONSTRAINT pk_pay_confirmation PRIMARY KEY (year, month),
    CONSTRAINT ck_pay_confirmation_month CHECK (month BETWEEN 1 AND 12)
);
CREATE TABLE pay_scale (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    since DATE NOT NULL,
    document VARCHAR,
    performance_share INTEGER,
    performance_rule VARCHAR,
    CONSTRAINT uq_pay_scale_since UNIQUE (since),
    CONSTRAINT ck_pay_scale_performance_share CHECK (performance_share BETWEEN 0 AND 10000)
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
    certificate_no VARCHAR,
    party_member VARCHAR,
    notified_on DATE,
    CONSTRAINT uq_person_id_no UNIQUE (id_no)
);
CREATE TABLE plan_doc (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind VARCHAR NOT NULL,
    title VARCHAR,
    year INTEGER,
    stage VARCHAR,
    doc_no VARCHAR,
    dated DATE,
    party_organ VARCHAR,
    party_on DATE,
    party_no VARCHAR,
    government_organ VARCHAR,
    government_on DATE,
    government_no VARCHAR,
    contents VARCHAR,
    must_publish BOOLEAN,
    published DATE,
    channel VARCHAR,
    url VARCHAR,
    must_report BOOLEAN,
    reported DATE,
    due DATE,
    fund_rate INTEGER,
    conditions VARCHAR,
    method VARCHAR,
    CONSTRAINT ck_plan_doc_fund_rate CHECK (fund_rate BETWEEN 0 AND 10000)
);
CREATE TABLE recruit_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    recruiter VARCHAR,
    plan_no VARCHAR,
    party_organ VARCHAR,
    party_on DATE,
    party_no VARCHAR,
    government_organ VARCHAR,
    government_on DATE,
    government_no VARCHAR,
    announced DATE,
    channel VARCHAR,
    method VARCHAR,
    conditions VARCHAR,
    due DATE
);
CREATE TABLE report_task (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    short VARCHAR NOT NULL,
    document VARCHAR,
    period VARCHAR NOT NULL,
    as_of DATE,
    due DATE,
    special BOOLEAN NOT NULL,
    forms VARCHAR NOT NULL,
    signatories VARCHAR NOT NULL,
    authority VARCHAR,
    approval VARCHAR,
    valid_until VARCHAR,
    form_numbers VARCHAR,
    masked BOOLEAN NOT NULL,
    public BOOLEAN NOT NULL,
    personal BOOLEAN NOT NULL,
    long_pay_list BOOLEAN NOT NULL,
    pay_list_ground BOOLEAN NOT NULL,
    total_first BOOLEAN NOT NULL,
    wan_decimals INTEGER NOT NULL,
    yuan_decimals INTEGER NOT NULL,
    a4_only BOOLEAN NOT NULL,
    charts BOOLEAN NOT NULL,
    topics VARCHAR,
    documents VARCHAR,
    trainings VARCHAR,
    origin VARCHAR,
    CONSTRAINT uq_report_task_name_period UNIQUE (name, period)
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
CREATE TABLE scenario (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    inputs VARCHAR NOT NULL,
    reported BOOLEAN NOT NULL,
    CONSTRAINT uq_scenario_year_name UNIQUE (year, name)
);
CREATE UNIQUE INDEX one_scenario_reported ON scenario (year) WHERE reported;
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
CREATE TABLE training (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    organiser VARCHAR NOT NULL,
    held DATE NOT NULL,
    hours INTEGER,
    place VARCHAR,
    called INTEGER,
    came INTEGER
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
CREATE TABLE city_entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    task INTEGER NOT NULL,
    form VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT uq_city_entry_task_form_line_mark UNIQUE (task, form, line, mark),
    CONSTRAINT fk_city_entry_task FOREIGN KEY(task) REFERENCES report_task (id)
);
CREATE TABLE city_package (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    county INTEGER NOT NULL,
    task INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    received_on DATE NOT NULL,
    sealed_on DATE,
    as_of DATE NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    data_sha256 VARCHAR NOT NULL,
    workbook BOOLEAN NOT NULL,
    hard INTEGER NOT NULL,
    soft INTEGER NOT NULL,
    reason VARCHAR,
    CONSTRAINT uq_city_package_county_task_version_workbook UNIQUE (county, task, version, workbook),
    CONSTRAINT fk_city_package_county FOREIGN KEY(county) REFERENCES city_county (id),
    CONSTRAINT fk_city_package_task FOREIGN KEY(task) REFERENCES report_task (id)
);
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
CREATE TABLE handover_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    handover INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    matter VARCHAR NOT NULL,
    state VARCHAR,
    due DATE,
    taken BOOLEAN NOT NULL,
    CONSTRAINT fk_handover_item_handover FOREIGN KEY(handover) REFERENCES handover (id)
);
CREATE INDEX ix_handover_item_handover ON handover_item (handover);
CREATE TABLE hiring_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    note VARCHAR,
    batch INTEGER,
    CONSTRAINT uq_hiring_plan_name UNIQUE (name),
    CONSTRAINT fk_hiring_plan_batch FOREIGN KEY(batch) REFERENCES recruit_batch (id)
);
CREATE TABLE pay_grade (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    scale INTEGER NOT NULL,
    level INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    year_end INTEGER,
    years INTEGER,
    certificate VARCHAR,
    appraisal VARCHAR,
    appraisals INTEGER NOT NULL,
    CONSTRAINT uq_pay_grade_scale_level UNIQUE (scale, level),
    CONSTRAINT fk_pay_grade_scale FOREIGN KEY(scale) REFERENCES pay_scale (id)
);
CREATE TABLE performance_rule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    scale INTEGER NOT NULL,
    grade VARCHAR NOT NULL,
    low INTEGER,
    factor INTEGER NOT NULL,
    CONSTRAINT uq_performance_rule_scale_grade_low UNIQUE (scale, grade, low),
    CONSTRAINT fk_performance_rule_scale FOREIGN KEY(scale) REFERENCES pay_scale (id)
);
CREATE TABLE plan_head (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    heads INTEGER NOT NULL,
    CONSTRAINT uq_plan_head_document_unit UNIQUE (document, unit),
    CONSTRAINT fk_plan_head_document FOREIGN KEY(document) REFERENCES plan_doc (id),
    CONSTRAINT fk_plan_head_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
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
    not_renewed_on DATE,
    CONSTRAINT ck_purchase_contract_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT uq_purchase_contract_no UNIQUE (no),
    CONSTRAINT fk_purchase_contract_buyer FOREIGN KEY(buyer) REFERENCES unit (id),
    CONSTRAINT fk_purchase_contract_supplier FOREIGN KEY(supplier) REFERENCES supplier (id),
    CONSTRAINT fk_purchase_contract_predecessor FOREIGN KEY(predecessor) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_purchase_contract_supplier ON purchase_contract (supplier);
CREATE TABLE recruit_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL,
    unit INTEGER,
    planned INTEGER NOT NULL,
    due DATE,
    CONSTRAINT uq_recruit_line_batch_unit UNIQUE (batch, unit),
    CONSTRAINT fk_recruit_line_batch FOREIGN KEY(batch) REFERENCES recruit_batch (id),
    CONSTRAINT fk_recruit_line_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE return_ (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    task INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    filled_by VARCHAR NOT NULL,
    approved_by VARCHAR,
    approved_on DATE,
    digest VARCHAR,
    reason VARCHAR,
    CONSTRAINT uq_return__task_version UNIQUE (task, version),
    CONSTRAINT ck_return__approved CHECK (state IN ('编制中', '退回', '已解封') OR approved_by IS NOT NULL),
    CONSTRAINT fk_return__task FOREIGN KEY(task) REFERENCES report_task (id)
);
CREATE TABLE reward (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person INTEGER,
    unit INTEGER,
    given DATE NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    organ VARCHAR,
    doc_no VARCHAR,
    CONSTRAINT fk_reward_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_reward_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE rule_value (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    rule_set INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT uq_rule_value_rule_set_key UNIQUE (rule_set, "key"),
    CONSTRAINT fk_rule_value_rule_set FOREIGN KEY(rule_set) REFERENCES rule_set (id)
);
CREATE TABLE survey_window (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    as_of DATE NOT NULL,
    has_window BOOLEAN,
    name VARCHAR,
    windows INTEGER,
    staff INTEGER,
    computers INTEGER,
    printers INTEGER,
    area INTEGER,
    rules_posted BOOLEAN,
    CONSTRAINT uq_survey_window_unit_as_of UNIQUE (unit, as_of),
    CONSTRAINT fk_survey_window_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE training_person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    training INTEGER NOT NULL,
    person INTEGER NOT NULL,
    attended BOOLEAN NOT NULL,
    CONSTRAINT uq_training_person_training_person UNIQUE (training, person),
    CONSTRAINT fk_training_person_training FOREIGN KEY(training) REFERENCES training (id),
    CONSTRAINT fk_training_person_person FOREIGN KEY(person) REFERENCES person (id)
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
CREATE TABLE workload (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    year INTEGER NOT NULL,
    accepted INTEGER,
    visited INTEGER,
    CONSTRAINT uq_workload_unit_year UNIQUE (unit, year),
    CONSTRAINT fk_workload_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
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
CREATE TABLE disclosure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    published DATE NOT NULL,
    channel VARCHAR,
    url VARCHAR,
    CONSTRAINT fk_disclosure_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_disclosure_contract ON disclosure (contract);
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
    recruit_line INTEGER,
    CONSTRAINT ck_engagement_dates CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT fk_engagement_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_engagement_recruit_line FOREIGN KEY(recruit_line) REFERENCES recruit_line (id)
);
CREATE INDEX ix_engagement_person ON engagement (person);
CREATE TABLE evaluation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    year INTEGER NOT NULL,
    evaluated DATE,
    buyer_score INTEGER,
    client_score INTEGER,
    third_score INTEGER,
    buyer_weight INTEGER NOT NULL,
    client_weight INTEGER NOT NULL,
    third_weight INTEGER NOT NULL,
    result_score INTEGER,
    project_score INTEGER,
    impact_score INTEGER,
    result_weight INTEGER NOT NULL,
    project_weight INTEGER NOT NULL,
    impact_weight INTEGER NOT NULL,
    third_party VARCHAR,
    sample INTEGER,
    grade VARCHAR,
    published DATE,
    channel VARCHAR,
    rectification VARCHAR,
    rectified DATE,
    use VARCHAR,
    CONSTRAINT uq_evaluation_contract_year UNIQUE (contract, year),
    CONSTRAINT ck_evaluation_party_weights CHECK (buyer_weight + client_weight + third_weight > 0),
    CONSTRAINT ck_evaluation_dimension_weights CHECK (result_weight + project_weight + impact_weight > 0),
    CONSTRAINT fk_evaluation_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE TABLE grade_change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL,
    grade INTEGER NOT NULL,
    since DATE NOT NULL,
    reason VARCHAR NOT NULL,
    document VARCHAR,
    CONSTRAINT uq_grade_change_person_since UNIQUE (person, since),
    CONSTRAINT fk_grade_change_person FOREIGN KEY(person) REFERENCES person (id),
    CONSTRAINT fk_grade_change_grade FOREIGN KEY(grade) REFERENCES pay_grade (id)
);
CREATE INDEX ix_grade_change_grade ON grade_change (grade);
CREATE TABLE hiring_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "plan" INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    heads INTEGER NOT NULL,
    month INTEGER NOT NULL,
    CONSTRAINT uq_hiring_line_plan_unit_month UNIQUE ("plan", unit, month),
    CONSTRAINT ck_hiring_line_heads CHECK (heads > 0),
    CONSTRAINT ck_hiring_line_month CHECK (month BETWEEN 1 AND 12),
    CONSTRAINT fk_hiring_line_plan FOREIGN KEY("plan") REFERENCES hiring_plan (id),
    CONSTRAINT fk_hiring_line_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE TABLE package_point (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    package INTEGER NOT NULL,
    layer VARCHAR NOT NULL,
    point VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    note VARCHAR,
    verdict VARCHAR,
    reason VARCHAR,
    CONSTRAINT fk_package_point_package FOREIGN KEY(package) REFERENCES city_package (id)
);
CREATE INDEX ix_package_point_package ON package_point (package);
CREATE TABLE pay_grade_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    grade INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    monthly INTEGER NOT NULL,
    CONSTRAINT uq_pay_grade_item_grade_item UNIQUE (grade, item),
    CONSTRAINT fk_pay_grade_item_grade FOREIGN KEY(grade) REFERENCES pay_grade (id)
);
CREATE TABLE problem (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    survey INTEGER,
    inspection INTEGER,
    unit INTEGER,
    found_on DATE NOT NULL,
    what VARCHAR NOT NULL,
    measure VARCHAR,
    responsible VARCHAR,
    due DATE,
    mended DATE,
    proof VARCHAR,
    CONSTRAINT fk_problem_survey FOREIGN KEY(survey) REFERENCES survey_window (id),
    CONSTRAINT fk_problem_inspection FOREIGN KEY(inspection) REFERENCES inspection (id),
    CONSTRAINT fk_problem_unit FOREIGN KEY(unit) REFERENCES unit (id)
);
CREATE INDEX ix_problem_inspection ON problem (inspection);
CREATE INDEX ix_problem_survey ON problem (survey);
CREATE TABLE recruit_count (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    line INTEGER NOT NULL,
    as_of DATE NOT NULL,
    applied INTEGER,
    qualified INTEGER,
    interviewed INTEGER,
    publicised INTEGER,
    hired INTEGER,
    on_post INTEGER,
    CONSTRAINT uq_recruit_count_line_as_of UNIQUE (line, as_of),
    CONSTRAINT fk_recruit_count_line FOREIGN KEY(line) REFERENCES recruit_line (id)
);
CREATE TABLE return_cell (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    return_ INTEGER NOT NULL,
    form VARCHAR NOT NULL,
    line VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    computed VARCHAR,
    reason VARCHAR,
    CONSTRAINT uq_return_cell_return__form_line_mark UNIQUE (return_, form, line, mark),
    CONSTRAINT fk_return_cell_return_ FOREIGN KEY(return_) REFERENCES return_ (id)
);
CREATE TABLE return_note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    return_ INTEGER NOT NULL,
    point VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    confirmed BOOLEAN NOT NULL,
    CONSTRAINT uq_return_note_return__point_subject UNIQUE (return_, point, subject),
    CONSTRAINT fk_return_note_return_ FOREIGN KEY(return_) REFERENCES return_ (id)
);
CREATE TABLE seal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    return_ INTEGER NOT NULL,
    sealed_on DATE NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    program VARCHAR NOT NULL,
    erased INTEGER NOT NULL,
    original VARCHAR,
    head VARCHAR NOT NULL,
    lines INTEGER NOT NULL,
    workbook BLOB NOT NULL,
    sheets BLOB NOT NULL,
    facts BLOB NOT NULL,
    record BLOB NOT NULL,
    CONSTRAINT uq_seal_return_ UNIQUE (return_),
    CONSTRAINT fk_seal_return_ FOREIGN KEY(return_) REFERENCES return_ (id)
);
CREATE TABLE settlement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    month INTEGER NOT NULL,
    attendance_on DATE,
    sheet_on DATE,
    insured_on DATE,
    insured_no VARCHAR,
    accepted_on DATE,
    acceptance VARCHAR,
    accepted_by VARCHAR,
    deduction INTEGER,
    deduction_reason VARCHAR,
    requested_on DATE,
    request_no VARCHAR,
    invoiced_on DATE,
    invoice_no VARCHAR,
    invoice INTEGER,
    approved_on DATE,
    approved_by VARCHAR,
    remarks VARCHAR,
    CONSTRAINT uq_settlement_contract_month UNIQUE (contract, month),
    CONSTRAINT ck_settlement_month CHECK (month % 100 BETWEEN 1 AND 12),
    CONSTRAINT fk_settlement_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE TABLE submission (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    return_ INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    day DATE NOT NULL,
    other VARCHAR,
    file_name VARCHAR,
    sha256 VARCHAR,
    remark VARCHAR,
    CONSTRAINT fk_submission_return_ FOREIGN KEY(return_) REFERENCES return_ (id)
);
CREATE INDEX ix_submission_return_ ON submission (return_);
CREATE TABLE supervision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    phase VARCHAR NOT NULL,
    held DATE NOT NULL,
    "by" VARCHAR,
    finding VARCHAR,
    fix VARCHAR,
    mended DATE,
    CONSTRAINT fk_supervision_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id)
);
CREATE INDEX ix_supervision_contract ON supervision (contract);
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
CREATE TABLE attendance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    month INTEGER NOT NULL,
    half_days INTEGER NOT NULL,
    source VARCHAR,
    CONSTRAINT uq_attendance_engagement_month UNIQUE (engagement, month),
    CONSTRAINT ck_attendance_half_days CHECK (half_days BETWEEN 0 AND 62),
    CONSTRAINT ck_attendance_month CHECK (month % 100 BETWEEN 1 AND 12),
    CONSTRAINT fk_attendance_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
);
CREATE TABLE contract_payment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contract INTEGER NOT NULL,
    settlement INTEGER,
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
    CONSTRAINT fk_contract_payment_contract FOREIGN KEY(contract) REFERENCES purchase_contract (id),
    CONSTRAINT fk_contract_payment_settlement FOREIGN KEY(settlement) REFERENCES settlement (id)
);
CREATE INDEX ix_contract_payment_contract ON contract_payment (contract);
CREATE INDEX ix_contract_payment_settlement ON contract_payment (settlement);
CREATE TABLE employer_change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    since DATE NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR NOT NULL,
    service VARCHAR NOT NULL,
    severance INTEGER,
    CONSTRAINT uq_employer_change_engagement_since UNIQUE (engagement, since),
    CONSTRAINT fk_employer_change_engagement FOREIGN KEY(engagement) REFERENCES engagement (id)
);
CREATE TABLE engagement_term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    engagement INTEGER NOT NULL,
    since DATE NOT NULL,
    type VARCHAR,
    duty VARCHAR NOT NULL,
    duty_share INTEGER NOT NULL,
    employer VARCHAR,
    retirement VARCHAR,
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
    not_renewed_on DATE,
    ended_on DATE,
    end_reason VARCHAR,
    retrained_on DATE,
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
