-- AlterTable
ALTER TABLE "User" ADD COLUMN "disabledAt" DATETIME;
ALTER TABLE "User" ADD COLUMN "stateChangedAt" DATETIME;

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "jti" TEXT,
    "channel" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT,
    "kakaoId" TEXT,
    "occurredAt" DATETIME NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "settledAt" DATETIME,
    "outcome" TEXT
);

-- CreateTable
CREATE TABLE "PendingUnlink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kakaoId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL,
    "nextAttemptAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "WebhookEvent_jti_key" ON "WebhookEvent"("jti");

-- CreateIndex
CREATE INDEX "WebhookEvent_kakaoId_idx" ON "WebhookEvent"("kakaoId");

-- CreateIndex
CREATE INDEX "WebhookEvent_receivedAt_idx" ON "WebhookEvent"("receivedAt");

-- CreateIndex
CREATE INDEX "WebhookEvent_settledAt_idx" ON "WebhookEvent"("settledAt");

-- CreateIndex
CREATE UNIQUE INDEX "PendingUnlink_kakaoId_key" ON "PendingUnlink"("kakaoId");

-- CreateIndex
CREATE INDEX "PendingUnlink_nextAttemptAt_idx" ON "PendingUnlink"("nextAttemptAt");
