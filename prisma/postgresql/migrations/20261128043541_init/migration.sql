-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "kakaoId" TEXT NOT NULL,
    "nickname" TEXT,
    "profileImageUrl" TEXT,
    "email" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastLoginAt" TIMESTAMP(3) NOT NULL,
    "blockedAt" TIMESTAMP(3),
    "disabledAt" TIMESTAMP(3),
    "stateChangedAt" TIMESTAMP(3),
    "profileFetchedAt" TIMESTAMP(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "revokedReason" TEXT,
    "userAgent" TEXT,
    "ip" TEXT,
    "interactive" BOOLEAN,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KakaoToken" (
    "userId" TEXT NOT NULL,
    "accessToken" TEXT NOT NULL,
    "accessExpiresAt" TIMESTAMP(3) NOT NULL,
    "refreshToken" TEXT NOT NULL,
    "refreshExpiresAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "refreshingUntil" TIMESTAMP(3),

    CONSTRAINT "KakaoToken_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL,
    "jti" TEXT,
    "channel" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT,
    "kakaoId" TEXT,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "settledAt" TIMESTAMP(3),
    "outcome" TEXT,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingUnlink" (
    "id" TEXT NOT NULL,
    "kakaoId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "attempts" INTEGER NOT NULL,
    "nextAttemptAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PendingUnlink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Refusal" (
    "id" TEXT NOT NULL,
    "erasedAt" TIMESTAMP(3),
    "blockedAt" TIMESTAMP(3),
    "disabledAt" TIMESTAMP(3),
    "stateChangedAt" TIMESTAMP(3),

    CONSTRAINT "Refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SealedKey" (
    "id" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SealedKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecurityEvent" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "effect" TEXT,
    "device" TEXT,
    "ip" TEXT,

    CONSTRAINT "SecurityEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_kakaoId_key" ON "User"("kakaoId");

-- CreateIndex
CREATE INDEX "Session_userId_revokedAt_createdAt_idx" ON "Session"("userId", "revokedAt", "createdAt");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Session_revokedAt_idx" ON "Session"("revokedAt");

-- CreateIndex
CREATE INDEX "KakaoToken_refreshExpiresAt_idx" ON "KakaoToken"("refreshExpiresAt");

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
CREATE INDEX "PendingUnlink_createdAt_idx" ON "PendingUnlink"("createdAt");

-- CreateIndex
CREATE INDEX "PendingUnlink_nextAttemptAt_idx" ON "PendingUnlink"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "Refusal_erasedAt_idx" ON "Refusal"("erasedAt");

-- CreateIndex
CREATE INDEX "SecurityEvent_userId_at_kind_idx" ON "SecurityEvent"("userId", "at", "kind");

-- CreateIndex
CREATE INDEX "SecurityEvent_at_idx" ON "SecurityEvent"("at");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KakaoToken" ADD CONSTRAINT "KakaoToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SecurityEvent" ADD CONSTRAINT "SecurityEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
