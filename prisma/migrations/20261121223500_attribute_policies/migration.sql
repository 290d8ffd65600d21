ALTER TABLE "AttributePolicy" ADD COLUMN "updatedById" TEXT;

-- What is dropped is asked whether policies apply it.
CREATE INDEX "AttributePolicy_function_idx" ON "AttributePolicy" (("definition" ->> 'functionId'));
