handrail_fuzzer(nlp_normaliser USES nlp domain base)
handrail_fuzzer(nlp_screen USES nlp domain base)
handrail_fuzzer(nlp_rules USES nlp domain base)
