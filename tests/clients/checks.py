"""Runs checks with the official OpenAI client."""

import openai


def run(checks, base_url, key):
    """Tries every check, with a line for each; 1 if any failed."""
    client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=20)
    failed = False
    for check in checks:
        try:
            check(client)
            print(f"ok      {check.__name__}")
        except Exception as error:  # every check is to be tried
            failed = True
            print(f"FAILED  {check.__name__}: {type(error).__name__}: {error}")
    return 1 if failed else 0
