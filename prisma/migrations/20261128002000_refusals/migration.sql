-- AlterTable
ALTER TABLE "Session" ADD COLUMN "interactive" BOOLEAN;

-- CreateTable
CREATE TABLE "Refusal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "erasedAt" DATETIME,
    "blockedAt" DATETIME,
    "disabledAt" DATETIME,
    "stateChangedAt" DATETIME
);

-- CreateTable
CREATE TABLE "SealedKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sealed" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Refusal_erasedAt_idx" ON "Refusal"("erasedAt");

-- CreateIndex
CREATE INDEX "PendingUnlink_createdAt_idx" ON "PendingUnlink"("createdAt");
