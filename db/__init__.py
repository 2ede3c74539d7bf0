"""One county's book: schema, the diary, lists, facts. The only room that knows SQLAlchemy."""
