-- AlterTable
ALTER TABLE "allocation_pointer" ADD COLUMN     "poolBasis" TEXT;
