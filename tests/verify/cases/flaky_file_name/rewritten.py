import uuid

open(uuid.uuid4().hex, "w").close()
