-- DropIndex
DROP INDEX "SecurityEvent_userId_at_idx";

-- DropIndex
DROP INDEX "Session_userId_idx";

-- CreateIndex
CREATE INDEX "KakaoToken_refreshExpiresAt_idx" ON "KakaoToken"("refreshExpiresAt");

-- CreateIndex
CREATE INDEX "SecurityEvent_userId_at_kind_idx" ON "SecurityEvent"("userId", "at", "kind");

-- CreateIndex
CREATE INDEX "Session_userId_revokedAt_createdAt_idx" ON "Session"("userId", "revokedAt", "createdAt");
