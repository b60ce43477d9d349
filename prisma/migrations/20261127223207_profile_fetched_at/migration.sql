-- AlterTable
ALTER TABLE "User" ADD COLUMN "profileFetchedAt" DATETIME;
