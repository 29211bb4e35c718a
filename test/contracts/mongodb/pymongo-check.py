"""The reads and writes of the other clients' tests, by the driver of another language."""
import datetime
import sys

import pymongo
from bson import Decimal128, Int64
from pymongo.errors import DuplicateKeyError, OperationFailure

client = pymongo.MongoClient(sys.argv[1], serverSelectionTimeoutMS=5000)
rows = client["python"]["rows"]
rows.create_index([("n", pymongo.ASCENDING), ("at", pymongo.DESCENDING)])
rows.create_index("serial", unique=True, sparse=True)
at = datetime.datetime(2026, 1, 15, 10)
rows.insert_many([{"_id": i, "n": i % 5, "at": at, "big": Int64(2**53 + i)} for i in range(100)])
assert rows.count_documents({"n": 3}) == 20
assert [row["_id"] for row in rows.find({"n": 3}).sort("_id", -1).limit(2)] == [98, 93]
assert rows.find_one({"_id": 7})["big"] == 2**53 + 7
rows.update_one({"_id": 7}, {"$set": {"serial": "s", "price": Decimal128("1.10")}})
assert str(rows.find_one({"serial": "s"})["price"]) == "1.10"
try:
    rows.update_one({"_id": 8}, {"$set": {"serial": "s"}})
    raise AssertionError("a duplicate was accepted")
except DuplicateKeyError:
    pass
result = rows.bulk_write([pymongo.ReplaceOne({"_id": 500}, {"n": 1}, upsert=True), pymongo.DeleteOne({"_id": 1})])
assert result.upserted_count == 1 and result.deleted_count == 1
groups = list(rows.aggregate([{"$match": {"n": {"$gte": 3}}}, {"$group": {"_id": "$n", "c": {"$sum": 1}}}, {"$sort": {"_id": 1}}]))
assert groups == [{"_id": 3, "c": 20}, {"_id": 4, "c": 20}], groups
assert len(list(rows.find().batch_size(10))) == 100
try:
    with client.start_session() as session, session.start_transaction():
        rows.insert_one({"_id": 999}, session=session)
    raise AssertionError("a transaction was accepted")
except OperationFailure as error:
    assert error.code == 20, error
print("ok")
