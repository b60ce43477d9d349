-- CreateTable
CREATE TABLE "KakaoToken" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "accessToken" TEXT NOT NULL,
    "accessExpiresAt" DATETIME NOT NULL,
    "refreshToken" TEXT NOT NULL,
    "refreshExpiresAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "refreshingUntil" DATETIME,
    CONSTRAINT "KakaoToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
