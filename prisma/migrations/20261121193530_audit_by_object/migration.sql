-- CreateIndex
CREATE INDEX "AuditEvent_securableId_seq_idx" ON "AuditEvent"("securableId", "seq");
