-- Names of the prompts that ask in a snapshot, as lib/playground/store/snapshots.ts looks them up.
CREATE INDEX "PlaygroundSnapshot_prompts_idx" ON "PlaygroundSnapshot" USING GIN ((
  jsonb_path_query_array("document", '$.prompt.name')
  || jsonb_path_query_array("document", '$.columns[*].prompt.name')
  || jsonb_path_query_array("document", '$.turns[*].asked.*.prompt.name')
));
